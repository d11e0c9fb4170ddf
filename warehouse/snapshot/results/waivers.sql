-- What the gate warned of and a person let pass, with the reason.
with

quality_results as (from marts.quality_results)

from quality_results
where waived_by is not null
order by suite, expectation
