"""What needs more than the sentence: rooms find, resolvers decide.

`aliases` tells which mentions are one person or body, `calendar` which day an expression means,
`gazetteer` which place a name means, `speakers` who speaks. `references` (pronouns and
descriptions), `spellings` and `genders` serve them.
"""
