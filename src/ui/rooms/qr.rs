//! A link as a QR code, to be taken along with a phone's camera.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::ui::dom::{El, path, svg};

/// Light modules around the code, which readers need to find it.
const QUIET: i32 = 4;

/// `name` is its accessible name. `None` for more than a code holds, which is some 2,000 letters.
pub fn qr_code(text: &str, name: String) -> Option<El> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size() + 2 * QUIET;
    Some(
        svg()
            .attr("class", "qr")
            .attr("viewBox", format!("0 0 {size} {size}"))
            .attr("role", "img")
            .attr("aria-label", name)
            .child(path().attr("d", dark(&code))),
    )
}

/// The dark modules, those side by side as one rectangle.
fn dark(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let from = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                let (left, top, width) = (from + QUIET, y + QUIET, x - from);
                path.push_str(&format!("M{left} {top}h{width}v1h-{width}z"));
            }
            x += 1;
        }
    }
    path
}
