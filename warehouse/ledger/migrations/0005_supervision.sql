-- Supervision: what departments say of targets that lag or are silent, the plan's rules of it, who answers for what, and
-- people's decisions on items.

-- Each row with words, kept beside the observation of the same submission, sheet and row, if that row has a figure.
create table ledger.explanations (
    submission_id varchar not null,
    sequence bigint not null,
    sheet varchar not null,
    row_number bigint not null,
    organization_code varchar not null,
    indicator_code varchar not null,
    area_code varchar not null,
    period varchar not null,
    reason varchar,
    measure varchar,
    promised_on date,
    responsible varchar,
    contact varchar,
    recorded_at timestamp not null
);

-- A decision on an item holds from a month on; an extension names its new day.
alter table ledger.rulings add column period varchar;
alter table ledger.rulings add column until_day date;

alter table plan.organizations add column leader varchar;
alter table plan.organizations add column responsible varchar;
alter table plan.organizations add column contact varchar;

create table plan.supervision_rules (
    plan_version varchar not null,
    level integer not null,
    status varchar not null,
    months_in_row integer not null,
    from_month integer,
    level_name_zh varchar not null,
    light varchar not null,
    demand_zh varchar not null,
    source_zh varchar
);

-- What the plans of that time left out, as warehouse/plan/defaults/supervision_rules.csv says it of every plan.
insert into plan.supervision_rules by name
select versions.plan_version, defaults.*
from plan.versions as versions
cross join (
    values
    (1, 'behind', 1, '蓝色提醒', 'blue', '说明滞后原因，提出下一步措施和完成时限'),
    (1, 'not_reported', 2, '蓝色提醒', 'blue', '补报数据，说明未报原因'),
    (2, 'behind', 2, '橙色督办', 'orange', '由分管负责人约谈，提出赶进度的措施和完成时限'),
    (2, 'far_behind', 1, '橙色督办', 'orange', '由分管负责人约谈，提出赶进度的措施和完成时限'),
    (2, 'not_reported', 3, '橙色督办', 'orange', '限期补报，说明未报原因和责任人'),
    (3, 'behind', 3, '红色督办', 'red', '明确责任人，列出时间表和路线图，按月销号'),
    (3, 'far_behind', 3, '红色督办', 'red', '明确责任人，列出时间表和路线图，按月销号'),
    (3, 'lost', 1, '红色督办', 'red', '说明原因，提出补救措施，由督查室核查'),
    (3, 'missed', 1, '红色督办', 'red', '说明原因，明确整改时限和责任人，由督查室核查销号'),
    (3, 'overdue_unreported', 1, '红色督办', 'red', '立即补报，说明原因和责任人，由督查室核查销号')
) as defaults (level, status, months_in_row, level_name_zh, light, demand_zh);
