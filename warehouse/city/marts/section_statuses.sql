-- How many windows of each section of the districts' plans stand how, district by district.
select
    sections.section_zh,
    sections.district_code,
    editions.district_name,
    sections.status,
    sections.status_zh,
    sections.light,
    sections.windows,
    editions.edition,
    editions.manifest_sha256
from gathered.sections
inner join gathered.editions using (district_code)
order by min(sections.place) over (partition by sections.section_zh), section_zh, district_code, status
