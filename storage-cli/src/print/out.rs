//! Stdout: buffered, and never sent what would steer a terminal.

use std::{
    env,
    io::{self, BufWriter, IsTerminal as _, StdoutLock, Write},
};

/// Stdout.
#[derive(Debug)]
pub(crate) struct Out {
    inner: BufWriter<StdoutLock<'static>>,
    is_terminal: bool,
    width: Option<usize>,
}

impl Out {
    pub(crate) fn new() -> Self {
        let stdout = io::stdout();
        let is_terminal = stdout.is_terminal();
        let of_terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = width.or_else(|| if is_terminal { of_terminal() } else { None });
        let width = width.map(|width: usize| width.max(1));
        Self { inner: BufWriter::new(stdout.lock()), is_terminal, width }
    }

    /// How many columns there are; none where lines may be of any length.
    pub(crate) const fn width(&self) -> Option<usize> {
        self.width
    }

    /// Whether it goes to a terminal.
    pub(crate) const fn is_terminal(&self) -> bool {
        self.is_terminal
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// `text` on one line, with what would steer a terminal escaped.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => plain.push_str("\\n"),
            '\t' => plain.push_str("\\t"),
            c if steers(c) => plain.extend(c.escape_unicode()),
            c => plain.push(c),
        }
    }
    plain
}

/// Whether a terminal does something else with it than to show it, or shows what follows in another order.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A number of bytes as people say it: `1.5 MiB`.
pub(crate) fn bytes(count: u64) -> String {
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    for (shift, unit) in units {
        let whole = count >> shift;
        if whole > 0 {
            let rest = count & !(whole << shift);
            let tenth = rest.saturating_mul(10) >> shift;
            return format!("{whole}.{tenth} {unit}");
        }
    }
    format!("{count} B")
}
