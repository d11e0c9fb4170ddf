{{ config(materialized="view") }}

-- Which observation is valid on the day of the build: the newest; a withdrawal leaves none.
with

newest as (
    select * from {{ ref('int_newest_observations') }}
),

final as (
    select *
    from newest
    where kind <> 'withdrawal'
)

select * from final
