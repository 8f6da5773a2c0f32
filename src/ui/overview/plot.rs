//! How much was recorded in each month, and how it adds up: columns and a line over them. For those who
//! do not see it, a table says the same.

use js_sys::Date;

use crate::{
    i18n::{Words, rooms as texts, t},
    rooms::{MonthKey, MonthShare},
    ui::{
        dom::{
            El, bdi, caption, div, li, path, section, span, svg, table, tbody, td, th, thead, tr,
            ul,
        },
        state::State,
    },
};

/// The plot's inner height and the width of a month, in units of its drawing.
const HEIGHT: u64 = 100;
const WIDTH: usize = 10;

/// The local month of a moment, in ms since 1970.
pub fn month_of(ms: i64) -> MonthKey {
    let date = Date::new(&(ms as f64).into());
    MonthKey { year: date.get_full_year() as i32, month: date.get_month() as u8 + 1 }
}

/// The middle of a month: far from where another zone would see another month.
fn moment(month: MonthKey) -> i64 {
    let day = Date::new_with_year_month_day(2000, 0, 1);
    day.set_full_year_with_month_date(month.year as u32, i32::from(month.month) - 1, 15) as i64
}

/// Of `largest`, in thousandths.
pub fn thousandths(value: u64, largest: u64) -> u64 {
    let (value, largest) = (u128::from(value), u128::from(largest.max(1)));
    u64::try_from(value * 1000 / largest).unwrap_or(1000)
}

/// As CSS wants it: `42.5%`.
pub fn percent(thousandths: u64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// `has_sizes`: else by the number of recordings, and without the line.
pub fn plot(state: State, months: &[MonthShare], has_sizes: bool) -> El {
    let value = |it: &MonthShare| if has_sizes { it.size } else { it.recordings as u64 };
    let largest = months.iter().map(value).max().unwrap_or(0);
    let format = state.format();
    let text = |it: &MonthShare| {
        if has_sizes { format.size(it.size) } else { state.recordings(it.recordings) }
    };
    let columns: Vec<_> = months
        .iter()
        .map(|it| {
            let name = format.month(moment(it.month), false);
            let full = format.month(moment(it.month), true);
            let title = texts::share(&full, &text(it), &state.recordings(it.recordings));
            li().attr("title", title).child((
                span().class("column").child(
                    span()
                        .class("filling")
                        .style("block-size", percent(thousandths(value(it), largest))),
                ),
                span().class("month").child(name),
            ))
        })
        .collect();
    let scale = div().class("muted scale").child(bdi().child(if has_sizes {
        texts::most_in_a_month(&format.size(largest))
    } else {
        texts::most_in_a_month(&state.recordings(usize::try_from(largest).unwrap_or(0)))
    }));
    div().class("plot").child((
        div().class("drawing").attr("aria-hidden", "true").child((
            scale,
            div().class("columns").child((ul().child(columns), has_sizes.then(|| growth(months)))),
        )),
        as_table(state, months, has_sizes),
    ))
}

/// The sum up to each month, from the bottom to the top of the plot.
fn growth(months: &[MonthShare]) -> El {
    let last = months.last().map_or(0, |it| it.size_so_far);
    let mut line = String::new();
    for (at, month) in months.iter().enumerate() {
        let x = at * WIDTH + WIDTH / 2;
        let y = HEIGHT - thousandths(month.size_so_far, last) * HEIGHT / 1000;
        line.push_str(&format!("{}{x} {y}", if at == 0 { "M" } else { "L" }));
    }
    svg()
        .attr("class", "growth")
        .attr("viewBox", format!("0 0 {} {HEIGHT}", months.len() * WIDTH))
        .attr("preserveAspectRatio", "none")
        .child(path().attr("d", line).attr("vector-effect", "non-scaling-stroke"))
}

fn as_table(state: State, months: &[MonthShare], has_sizes: bool) -> El {
    let format = state.format();
    let rows: Vec<_> = months
        .iter()
        .map(|it| {
            let sizes = has_sizes.then(|| {
                (td().child(format.size(it.size)), td().child(format.size(it.size_so_far)))
            });
            tr().child((
                th().attr("scope", "row").child(format.month(moment(it.month), true)),
                td().child(format.number(it.recordings)),
                sizes,
            ))
        })
        .collect();
    let head = |text: Words| th().attr("scope", "col").child(text);
    let sizes = has_sizes.then(|| (head(t("Storage")), head(t("Storage in all"))));
    table().class("visually-hidden").child((
        caption().child(t("Recordings by month")),
        thead().child(tr().child((head(t("Month")), head(t("Recordings")), sizes))),
        tbody().child(rows),
    ))
}

/// What the line is.
pub fn legend(total: &str) -> El {
    section()
        .class("muted growth-legend")
        .attr("aria-hidden", "true")
        .child(bdi().child(texts::growth(total)))
}
