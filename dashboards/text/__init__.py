"""The screens' words, in English and Spanish."""
