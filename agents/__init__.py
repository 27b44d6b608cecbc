"""The ground floor: the vocabulary, how a rule is declared, the rules, and the government that follows them."""
