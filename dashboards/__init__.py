"""The third floor, on top of sim: the Solara pages. The dashboard arrives with the Dashboard issue."""
