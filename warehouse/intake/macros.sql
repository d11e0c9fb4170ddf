-- How a text is read, said once for all queries of intake.

-- Most texts are ASCII, or begin and end with a visible character: only the others take the slow way.
create or replace temp macro narrowed(text) as
    case
        when strlen(text) = length(text) then text
        else translate(
            text,
            '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ－＿．，％（）：／',
            '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.,%():/'
        )
    end;

create or replace temp macro is_visible(code) as
    code between 33 and 159 or code between 12289 and 65278;

create or replace temp macro blank_as_null(text) as
    case
        when text = '' then null
        when is_visible(unicode(text)) and is_visible(unicode(right(text, 1))) then text
        else nullif(
            trim(text, concat(' ', chr(9), chr(10), chr(11), chr(12), chr(13), chr(160), chr(8203), chr(12288), chr(65279))),
            ''
        )
    end;

-- What remains of two names when blanks, width and letter case are no difference.
create or replace temp macro letters(text) as
    lower(regexp_replace(narrowed(text), '[\s\x{3000}\x{A0}]', '', 'g'));

-- Figures that fit 64 bits: casting to a wider decimal takes a hundred times as long.
create or replace temp macro is_plain(text) as
    regexp_full_match(text, '-?[0-9]{1,12}(\.[0-9]{1,6})?');

create or replace temp macro is_formula_error(text) as
    regexp_full_match(text, '#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)|Err:[0-9]+');

-- What a reader of workbooks writes for a cell that shows another figure than it stores, and for a formula without a
-- result to rely on.
create or replace temp macro is_not_as_shown(text) as
    starts_with(text, '〔显示为「');

create or replace temp macro is_not_computed(text) as
    text = '（公式没有计算结果）';

-- The first line within a cell that looks like a row of a report: one of its cells, before a separator, is a month.
create or replace temp macro row_within(text) as
    case
        when contains(text, chr(10)) or contains(text, chr(13)) then
            nullif(regexp_extract(
                narrowed(text),
                '[\r\n]+((?:[^\r\n]*[,;\t])?[ "]*(?:19|20)[0-9]{2}(?:-?[0-9]{1,2}|/[0-9]{1,2}|年[0-9]{1,2}月份?)'
                || '(?:[-/]?[0-9]{1,2}日?)?[ "]*(?:[,;\t][^\r\n]*|[\r\n]|$))', 1
            ), '')
    end;

create or replace temp macro figure_of(text, otherwise) as
    case when is_plain(text) then cast(try_cast(text as decimal(18, 6)) as decimal(24, 6)) else otherwise end;

create or replace temp macro is_total(text) as
    (contains(text, '计') or text ilike '%total%')
    and regexp_full_match(letters(text), '(本页|本表|全区)?(合计|总计|小计|共计|累计)[:：]?|(sub)?total');

create or replace temp macro is_note(text) as
    regexp_matches(text, '^[注备说填制审复单负主经联签盖计金货本以]')
    and regexp_matches(
        letters(text),
        '^(注|备注|说明|填表|填报|制表|审核|复核|(计量|金额|货币|本表)?单位(负责人|:|为)|负责人|主管|经办|联系|签字|签章|盖章|以上)'
    );

create or replace temp macro written(figure) as
    rtrim(rtrim(cast(cast(figure as decimal(24, 6)) as varchar), '0'), '.');

-- The marks of the contract in a remark, each alone between separators or with a full stop behind it; two of them
-- exclude each other.
create or replace temp macro marks_of(remark) as
    list_intersect(
        list_transform(
            regexp_split_to_array(remark, '[；;，,、/\s\x{3000}\x{A0}]+'), lambda part: regexp_replace(part, '[。.！!]$', '')
        ),
        ['撤回', '期初', '零报', '不适用']
    );

-- The marks that something in a remark begins with, whatever follows them and in whatever quotes or brackets.
create or replace temp macro marks_begun(remark) as
    regexp_extract_all(
        remark, '(?:^|[；;，,、/\s\x{3000}\x{A0}])[“”"‘’''（(【\[「『《]*(撤回|期初|零报|不适用)', 1
    );

-- A remark without the blanks and the invisible characters in it, and with the usual forms of its characters.
create or replace temp macro squeezed(remark) as
    replace(regexp_replace(remark, '[\s\x{3000}\x{A0}\x{200B}-\x{200F}\x{2060}\x{FEFF}]', '', 'g'), '囘', '回');

-- A mark with anything attached may mean the mark or not, so it is never taken for either.
create or replace temp macro unclear_mark(remark) as
    list_filter(marks_begun(remark), lambda mark: not list_contains(marks_of(remark), mark))[1];

create or replace temp macro kind_of(remark) as
    case
        when remark is null then 'figure'
        when not regexp_matches(remark, '撤回|期初|零报|不适用')
            then if(regexp_matches(squeezed(remark), '撤回|期初|零报|不适用'), 'unclear', 'figure')
        when len(marks_of(remark)) > 1 then 'contradictory'
        when unclear_mark(remark) is not null then 'unclear'
        else coalesce(
            map {'撤回': 'withdrawal', '期初': 'opening', '零报': 'nil', '不适用': 'not_applicable'}[marks_of(remark)[1]],
            'figure'
        )
    end;

-- Exact to 6 decimals, by whole numbers: dividing decimals would give floating point.
create or replace temp macro millionths(figure) as
    cast(figure * 1000000 as hugeint);

create or replace temp macro rate_of(numerator, denominator, scale) as
    try_cast(millionths(scale) * millionths(numerator) // nullif(millionths(denominator), 0) // 1000000 as decimal(24, 6))
    + try_cast(
        millionths(scale) * millionths(numerator) // nullif(millionths(denominator), 0) % 1000000 as decimal(12, 6)
    ) * cast(0.000001 as decimal(6, 6));

-- How many of a unit one of the unit sent is, where one is a multiple of the other by the words of scale; 千克, 百分点 and
-- the like are units of their own. Null where they are different units.
create or replace temp macro scale_of(text) as
    map {
        '': 1, '十': 10, '百': 100, '千': 1000, '万': 10000, '百万': 1000000, '千万': 10000000, '亿': 100000000
    }[text];

create or replace temp macro unit_factor(sent, unit) as
    case
        when letters(sent) = letters(unit) then cast(1 as decimal(18, 9))
        when list_contains(['千克', '百分点', '百米', '千米'], letters(sent)) then null
        when scale_of(letters(sent)) is not null then cast(scale_of(letters(sent)) as decimal(18, 9))
        when ends_with(letters(sent), letters(unit))
            then cast(scale_of(left(letters(sent), length(letters(sent)) - length(letters(unit)))) as decimal(18, 9))
        when ends_with(letters(unit), letters(sent))
            then cast(
                cast(1 as decimal(18, 9))
                / scale_of(left(letters(unit), length(letters(unit)) - length(letters(sent)))) as decimal(18, 9)
            )
    end;

create or replace temp macro billionths(factor) as
    cast(cast(factor as decimal(38, 9)) * 1000000000 as hugeint);

-- Without a unit a figure is in the indicator's; what six decimals cannot hold after all is no figure.
create or replace temp macro in_unit(figure, factor) as
    case
        when factor is null or factor = 1 then figure
        when millionths(figure) * billionths(factor) % 1000000000 = 0
            then try_cast(
                cast(millionths(figure) * billionths(factor) // 1000000000 as decimal(32, 0))
                * cast(0.000001 as decimal(6, 6)) as decimal(24, 6)
            )
    end;

create or replace temp macro is_figure(text) as
    regexp_full_match(narrowed(text), '[-+]?[0-9][0-9,]{0,15}(\.[0-9]+)?%?');

-- A message of the registry with its placeholders filled from a finding.
create or replace temp macro filled(message, finding) as
    replace(
        replace(
            replace(
                replace(
                    replace(
                        replace(message, '{expected}', coalesce(finding.expected, '')),
                        '{actual}', coalesce(finding.actual, '')
                    ),
                    '{column}', coalesce(finding.column_name, '')
                ),
                '{row}', coalesce(cast(finding.row_number as varchar), '')
            ),
            '{sheet}', coalesce(finding.sheet, '')
        ),
        '{text}', coalesce(finding.text, '')
    );

-- Where rows stand, in words; the sheet is empty in a text file.
create or replace temp macro place_zh(sheet, row_numbers) as
    concat(if(sheet = '', '', concat('工作表「', sheet, '」')), '第 ', row_numbers, ' 行');

create or replace temp macro place_en(sheet, row_numbers) as
    concat('row ', row_numbers, if(sheet = '', '', concat(' of sheet ', sheet)));

-- A row_id, taken apart.
create or replace temp macro source_of(row_id) as row_id >> 32;

create or replace temp macro number_of(row_id) as row_id & 4294967295;

-- A place: an indicator in an area, as one number.
create or replace temp macro place_of(indicator_number, area_number) as
    indicator_number * 1048576 + area_number;

create or replace temp macro indicator_of(place) as place // 1048576;

create or replace temp macro area_of(place) as place % 1048576;

create or replace temp macro decimals_of(text) as
    case when contains(text, '.') then length(text) - strpos(text, '.') else 0 end;

-- Months counted from the year 0, and back.
create or replace temp macro month_of(period) as
    12 * cast(left(period, 4) as integer) + cast(right(period, 2) as integer) - 1;

create or replace temp macro period_of(month) as
    format('{:04d}-{:02d}', month // 12, month % 12 + 1);

create or replace temp macro level_zh(level) as
    map {'district': '区', 'subdistrict': '街道', 'community': '社区'}[level];
