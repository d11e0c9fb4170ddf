{# How many measurable targets in force stand how; evidence is counted apart. Never an average of percentages. #}
{% macro standing_counts(progress) -%}
    count(distinct {{ progress }}.target_code) filter (where {{ progress }}.comparator <> 'evidence') as targets,
    count(*) filter (where {{ progress }}.comparator <> 'evidence') as windows,
    {% for status in [
        'exceeded', 'achieved', 'achieved_late', 'met_so_far', 'on_track', 'in_progress', 'behind', 'far_behind',
        'lost', 'missed', 'not_reported', 'overdue_unreported', 'no_baseline', 'awaiting_source', 'not_applicable',
        'not_started'
    ] -%}
    count(*) filter (where {{ progress }}.status = '{{ status }}' and {{ progress }}.comparator <> 'evidence')
        as {{ status }},
    {% endfor -%}
    {% for light in ['green', 'yellow', 'red', 'grey'] -%}
    count(*) filter (where {{ progress }}.light = '{{ light }}' and {{ progress }}.comparator <> 'evidence')
        as {{ light }},
    {% endfor -%}
    count(*) filter (where {{ progress }}.is_owed and {{ progress }}.comparator <> 'evidence') as owed,
    count(*) filter (where {{ progress }}.comparator = 'evidence') as evidence_items,
    count(*) filter (where {{ progress }}.comparator = 'evidence' and {{ progress }}.actual_value >= 100)
        as evidence_done
{%- endmacro %}
