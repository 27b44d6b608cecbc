"""What happens in a round, in order. Each phase reads `now` and writes `new`, one government, crisis or measure a call.

    account     per crisis      losses in force, threatened and anticipated, as things stand
    perceive    per side        the View of a government in a crisis
    answer      per side        its rule gives willingness
    press       per measure     its owner's rule carries out, leaves or lifts it
    stand       per third party its rule takes a side or stays out
    bargain     per crisis      messages move the lines; where they meet, the crisis settles
    home        per government  elites, support, rally, audience cost
    govern      per government  mood, exits and successors, elections
    remember    per government  records of carrying out and holding out, memory
    spread      per government  sentiment towards those who humiliate
    drift       per government  trade that moves away, institutions that are joined
    record      per crisis      what must be remembered for the next round
    look_back   per crisis      people who travel, delivery, second rounds

After each phase the engine copies what was written from `new` to `now`, so the order in which governments are listed
changes nothing. The functions are plain Python in the Mesa engine and compiled in the ensemble.
"""
