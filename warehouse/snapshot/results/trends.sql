-- Each window's figure and pace line, month by month.
with

target_trend as (from marts.target_trend)

from target_trend
order by target_code, window_start, area_code, month
