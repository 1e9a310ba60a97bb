//! QR codes as drawings, made here so that no other host learns a link.

use fast_qr::qr::QRBuilder;
use maud::{Markup, html};

/// A link as a QR code with a quiet zone, black on white in every colour scheme. A link too long
/// for a code is left to its text.
pub fn drawing(link: &str, label: &str) -> Markup {
    let Ok(code) = QRBuilder::new(link.as_bytes()).build() else {
        return html! {};
    };
    let size = code.size;
    let mut dark = String::new();
    for y in 0..size {
        for x in 0..size {
            if code[y][x].value() {
                dark += &format!("M{},{}h1v1h-1z", x + 4, y + 4);
            }
        }
    }
    let side = size + 8;
    html! {
        svg class="qr" viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(label) shape-rendering="crispEdges" {
            rect class="qr-paper" width=(side) height=(side) {}
            path class="qr-ink" d=(dark) {}
        }
    }
}
