"""Every sentence, in English and Spanish."""
