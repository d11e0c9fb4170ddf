-- The items of supervision that are open, or were closed in this month: the gravest first.
select
    items.*,
    organizations.name_zh as organization_name
from marts.supervision_items as items
left join marts.organizations as organizations using (organization_code)
where items.closed_period is null or items.closed_period = items.period
order by items.closed_period is not null, items.level desc, items.months_in_row desc, items.item_code
