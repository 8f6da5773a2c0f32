//! How it grows with the number of recordings: one panel an operation, both axes logarithmic, as plain SVG that is
//! readable on light and on dark pages.

use std::fmt::Write;

use super::{
    report::{Operation, Table},
    side::Who,
};
use crate::bench::samples::percentile;

/// Streaming is paced by the server's limits, not by us: it has no growth.
const PANELS: [Operation; 6] = [
    Operation::Keystroke,
    Operation::Sort,
    Operation::Select,
    Operation::Scroll,
    Operation::Open,
    Operation::Memory,
];
const COLUMNS: usize = 3;

// px
const WIDTH: f64 = 960.0;
const PANEL_WIDTH: f64 = 320.0;
const PANEL_HEIGHT: f64 = 250.0;
/// Above the panels, for the legend.
const TOP: f64 = 40.0;
/// From a panel's corner to its axes.
const LEFT: f64 = 52.0;
const HEADING: f64 = 34.0;
/// Of the area within the axes.
const AREA_WIDTH: f64 = 226.0;
const AREA_HEIGHT: f64 = 170.0;

/// The powers of ten that the axes go from and to: 1,000 to 1,000,000 recordings, 0.1 to 10,000 ms or MB.
const ACROSS: [i32; 2] = [3, 6];
const UP: [i32; 2] = [-1, 4];

const STYLE: &str = "
  svg { font: 12px system-ui, sans-serif; color-scheme: light dark; }
  text { fill: #444c56; }
  .heading { font-weight: 600; fill: #1c2128; }
  .number { text-anchor: end; }
  .under { text-anchor: middle; }
  .rule { stroke: #d0d7de; stroke-width: 1; }
  .budget { stroke: #b35900; stroke-width: 2; }
  .ours, .peer { fill: none; stroke-width: 2; stroke-linejoin: round; }
  .ours { stroke: #0a66c2; }
  .peer { stroke: #768390; stroke-dasharray: 5 4; }
  .ours-dot { fill: #0a66c2; }
  .peer-dot { fill: #768390; }
  @media (prefers-color-scheme: dark) {
    text { fill: #adbac7; }
    .heading { fill: #e6edf3; }
    .rule { stroke: #373e47; }
    .budget { stroke: #f0a050; }
    .ours { stroke: #6cb6ff; }
    .ours-dot { fill: #6cb6ff; }
  }
";

/// `tables`: by rising numbers of recordings.
pub fn draw(tables: &[Table]) -> String {
    let height = TOP + PANEL_HEIGHT * PANELS.len().div_ceil(COLUMNS) as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-label=\"Time and memory by the number of recordings\">\n<style>{STYLE}</style>\n"
    );
    legend(&mut svg);
    for (at, operation) in PANELS.into_iter().enumerate() {
        let x = (at % COLUMNS) as f64 * PANEL_WIDTH;
        let y = TOP + (at / COLUMNS) as f64 * PANEL_HEIGHT;
        line(&mut svg, &format!("<g transform=\"translate({x} {y})\">"));
        axes(&mut svg, operation);
        for (who, class) in [(Who::Peer, "peer"), (Who::Library, "ours")] {
            curve(&mut svg, &points(tables, operation, who), class);
        }
        line(&mut svg, "</g>");
    }
    svg.push_str("</svg>\n");
    svg
}

fn legend(svg: &mut String) {
    let entries = [
        ("ours", 52, "meet-recordings, 95th percentile"),
        ("peer", 300, "AG Grid Community"),
        ("budget", 470, "budget at 100,000"),
    ];
    for (class, x, text) in entries {
        line(svg, &format!("<path class=\"{class}\" d=\"M{x} 20h24\"/>"));
        line(svg, &format!("<text x=\"{}\" y=\"24\">{text}</text>", x + 32));
    }
}

fn axes(svg: &mut String, operation: Operation) {
    let heading = format!("{}, {}", operation.name(), operation.unit());
    line(
        svg,
        &format!("<text class=\"heading\" x=\"{LEFT}\" y=\"{}\">{heading}</text>", HEADING - 12.0),
    );
    for power in UP[0]..=UP[1] {
        let y = up(10f64.powi(power));
        line(svg, &format!("<path class=\"rule\" d=\"M{LEFT} {y:.1}h{AREA_WIDTH}\"/>"));
        let label = thousands(10f64.powi(power));
        line(
            svg,
            &format!(
                "<text class=\"number\" x=\"{}\" y=\"{:.1}\">{label}</text>",
                LEFT - 6.0,
                y + 4.0
            ),
        );
    }
    let bottom = HEADING + AREA_HEIGHT;
    for (power, label) in (ACROSS[0]..=ACROSS[1]).zip(["1,000", "10,000", "100,000", "1,000,000"]) {
        let x = across(10f64.powi(power));
        line(
            svg,
            &format!("<text class=\"under\" x=\"{x:.1}\" y=\"{}\">{label}</text>", bottom + 18.0),
        );
    }
    let (x, y) = (across(f64::from(super::RECORDINGS)), up(operation.budget()));
    line(svg, &format!("<path class=\"budget\" d=\"M{:.1} {y:.1}h16\"/>", x - 8.0));
}

/// Where the 95th percentiles are, and what they are.
fn points(tables: &[Table], operation: Operation, who: Who) -> Vec<(f64, f64, f64)> {
    let all = tables.iter().filter_map(|table| {
        let value = table.line(operation).and_then(|it| percentile(it.side(who), 95))?;
        Some((across(f64::from(table.recordings)), up(value), value))
    });
    all.collect()
}

fn curve(svg: &mut String, points: &[(f64, f64, f64)], class: &str) {
    let Some((x, y, value)) = points.last() else { return };
    let path: Vec<String> = points.iter().map(|(x, y, _)| format!("{x:.1} {y:.1}")).collect();
    line(svg, &format!("<path class=\"{class}\" d=\"M{}\"/>", path.join("L")));
    for (x, y, _) in points {
        line(svg, &format!("<circle class=\"{class}-dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>"));
    }
    // Above the last point, where the other curve rarely is.
    let label = if *value < 10.0 { format!("{value:.1}") } else { thousands(value.round()) };
    line(
        svg,
        &format!("<text class=\"number\" x=\"{:.1}\" y=\"{:.1}\">{label}</text>", x + 8.0, y - 8.0),
    );
}

fn across(recordings: f64) -> f64 {
    LEFT + AREA_WIDTH * share(recordings, ACROSS)
}

fn up(value: f64) -> f64 {
    HEADING + AREA_HEIGHT * (1.0 - share(value, UP))
}

/// How far along a logarithmic axis, from 0 to 1; what is beyond its ends is at its end.
fn share(value: f64, [from, to]: [i32; 2]) -> f64 {
    let (from, to) = (f64::from(from), f64::from(to));
    ((value.max(f64::MIN_POSITIVE).log10() - from) / (to - from)).clamp(0.0, 1.0)
}

fn thousands(value: f64) -> String {
    if value < 1000.0 {
        return value.to_string();
    }
    format!("{},{:03}", (value / 1000.0).trunc(), value % 1000.0)
}

fn line(svg: &mut String, element: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(svg, "{element}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_logarithmic_and_end() {
        assert_eq!(share(1000.0, ACROSS), 0.0);
        assert_eq!(share(1e6, ACROSS), 1.0);
        assert!((share(1e4, ACROSS) - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(share(0.0, UP), 0.0);
        assert_eq!(share(1e9, UP), 1.0);
    }

    #[test]
    fn draws_what_was_measured_and_nothing_for_what_was_not() {
        let mut tables = [1000, 10_000].map(Table::new);
        for table in &mut tables {
            table.add(Operation::Sort, Who::Library, vec![4.2]);
        }
        let svg = draw(&tables);
        // One curve, and its entry in the legend.
        assert_eq!(svg.matches("class=\"ours\"").count(), 2);
        assert_eq!(svg.matches("class=\"peer\"").count(), 1);
        assert!(svg.contains(">4.2<"), "{svg}");
    }

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!(
            [0.1, 100.0, 1000.0, 12_034.0].map(thousands),
            ["0.1", "100", "1,000", "12,034"]
        );
    }
}
