-- The items of supervision that are open, or were closed in this month, and whether their windows have ended: the
-- gravest first.
select
    items.*,
    coalesce(progress.is_closed, false) as is_of_closed_window,
    organizations.name_zh as organization_name
from marts.supervision_items as items
left join marts.organizations as organizations using (organization_code)
left join marts.indicator_progress as progress using (target_code, window_start, area_code)
where items.closed_period is null or items.closed_period = items.period
order by items.closed_period is not null, items.level desc, items.months_in_row desc, items.item_code
