-- Scope of an area's row: parts are withheld where the parts are, a total only where the whole indicator is.
select
    withheld.indicator_code,
    areas.area_code
from withheld, source.marts.areas
where withheld.scope = 'whole' or areas.area_code not in (select area_code from districts)
