//! Side-by-side timing: variants take turns in one process, and what is reported are ratios of medians.

use std::time::{Duration, Instant};

/// What is timed: its name and one round of work.
pub type Variant<'a> = (&'a str, Box<dyn FnMut() + 'a>);

/// What measures itself: its name and one round of work, which gives what it took.
pub type Measured<'a> = (&'a str, Box<dyn FnMut() -> Duration + 'a>);

/// Runs every variant `rounds` times in turn and prints each median, its spread, and its ratio to the first.
pub fn compare(title: &str, rounds: usize, variants: Vec<Variant<'_>>) {
    compare_measured(title, rounds, variants.into_iter().map(timed).collect());
}

/// `variant`, measured by the clock on the wall.
fn timed((name, mut work): Variant<'_>) -> Measured<'_> {
    let timed = move || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (name, Box::new(timed))
}

/// As [`compare`], for variants that measure themselves.
#[expect(clippy::print_stdout, reason = "the result of a benchmark")]
pub fn compare_measured(title: &str, rounds: usize, mut variants: Vec<Measured<'_>>) {
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); variants.len()];
    for _ in 0..rounds {
        for ((_, work), times) in variants.iter_mut().zip(&mut times) {
            times.push(work());
        }
    }
    println!("{title} ({rounds} rounds)");
    let mut first = None;
    for ((name, _), times) in variants.iter().zip(&mut times) {
        times.sort_unstable();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        let (least, most) = (times.first().copied(), times.last().copied());
        let first = *first.get_or_insert(median);
        println!(
            "  {name:<44} {median:>12.3?}  {:>6.2}  ({:.3?} to {:.3?})",
            median.as_secs_f64() / first.as_secs_f64(),
            least.unwrap_or_default(),
            most.unwrap_or_default(),
        );
    }
}
