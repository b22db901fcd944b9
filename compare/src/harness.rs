//! Variants take turns in one process, and what counts is the ratio of the times of the same round.

use rustix::time::{ClockId, clock_gettime};
use std::time::{Duration, Instant};

/// What time is measured with.
#[derive(Clone, Copy)]
pub enum Clock {
    /// The CPU time of the calling thread: other programs on the machine do not count. For reads of one thread.
    Thread,
    /// The time on the wall. For what waits for the disk, or has several threads.
    Wall,
    /// The time on the wall, and the thread's CPU time beside it: how much of it is not the disk's.
    WallAndThread,
}

/// Adds up the parts of a round that count.
#[derive(Default)]
pub struct Stopwatch {
    wall: Duration,
    thread: Duration,
}

impl Stopwatch {
    /// Runs `work`, whose time counts.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let wall = Instant::now();
        let cpu = thread_time();
        let result = work();
        self.thread += thread_time().saturating_sub(cpu);
        self.wall += wall.elapsed();
        result
    }
}

fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// One round of a variant, which is told the round's number; gives what it found, which must be the same for all.
type Body<'a> = Box<dyn FnMut(u64, &mut Stopwatch) -> u64 + 'a>;

/// Variants of one task.
pub struct Work<'a> {
    pub table: Table,
    clock: Clock,
    operations: u64,
    variants: Vec<Body<'a>>,
}

impl<'a> Work<'a> {
    /// A task of `operations` operations a round.
    pub fn new(title: impl Into<String>, clock: Clock, operations: u64) -> Self {
        let table = Table::new(title, Unit::Nanoseconds);
        Self { table, clock, operations, variants: Vec::new() }
    }

    /// Adds a variant; the first is the base of the ratios.
    pub fn variant(&mut self, name: &str, body: impl FnMut(u64, &mut Stopwatch) -> u64 + 'a) {
        self.table.rows.push(Row::new(name));
        self.variants.push(Box::new(body));
    }

    /// The same, where all of a round counts.
    pub fn timed(&mut self, name: &str, mut body: impl FnMut(u64) -> u64 + 'a) {
        self.variant(name, move |round, watch| watch.time(|| body(round)));
    }

    /// Runs every variant once a round, beginning with another one each time. Round 0 warms up and does not count.
    pub fn run(mut self, rounds: u64) -> Table {
        let count = self.variants.len();
        for round in 0..=rounds {
            let mut found = vec![0; count];
            for turn in 0..count {
                let index = (turn + round as usize) % count;
                let mut watch = Stopwatch::default();
                found[index] = self.variants[index](round, &mut watch);
                if round > 0 {
                    self.table.rows[index].record(self.clock, &watch, self.operations);
                }
            }
            for (row, result) in self.table.rows.iter().zip(&found) {
                assert_eq!(*result, found[0], "`{}` found something else", row.name);
            }
        }
        self.table
    }
}

/// What the figures of a table are.
#[derive(Clone, Copy)]
pub enum Unit {
    /// For each operation.
    Nanoseconds,
    Bytes,
}

/// The figures of a task.
pub struct Table {
    pub title: String,
    pub unit: Unit,
    pub rows: Vec<Row>,
}

/// The figures of a variant, one a round.
pub struct Row {
    pub name: String,
    pub samples: Vec<f64>,
    /// CPU time, where it is told beside the time on the wall.
    pub thread: Vec<f64>,
}

/// A ratio's median and what it lay between.
#[derive(Clone, Copy)]
pub struct Ratio {
    pub median: f64,
    pub least: f64,
    pub most: f64,
}

impl Table {
    pub fn new(title: impl Into<String>, unit: Unit) -> Self {
        Self { title: title.into(), unit, rows: Vec::new() }
    }

    /// Adds what is measured once.
    pub fn push(&mut self, name: &str, figure: f64) {
        self.rows.push(Row { samples: vec![figure], ..Row::new(name) });
    }

    /// Adds a round of `name` that was timed outside of a [`Work`].
    pub fn record(&mut self, name: &str, clock: Clock, watch: &Stopwatch, operations: u64) {
        if self.rows.iter().all(|row| row.name != name) {
            self.rows.push(Row::new(name));
        }
        let row = self.rows.iter_mut().find(|row| row.name == name);
        row.unwrap().record(clock, watch, operations);
    }

    /// Row `name` over row `base`, round by round.
    pub fn ratio(&self, name: &str, base: &str) -> Option<Ratio> {
        let find = |name: &str| self.rows.iter().find(|row| row.name == name);
        let (row, base) = (find(name)?, find(base)?);
        let mut ratios: Vec<f64> =
            row.samples.iter().zip(&base.samples).map(|(a, b)| a / b).collect();
        ratios.sort_by(f64::total_cmp);
        let (least, most) = (*ratios.first()?, *ratios.last()?);
        Some(Ratio { median: median(&ratios), least, most })
    }
}

impl Row {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), samples: Vec::new(), thread: Vec::new() }
    }

    fn record(&mut self, clock: Clock, watch: &Stopwatch, operations: u64) {
        let each = |time: Duration| time.as_secs_f64() * 1e9 / operations as f64;
        match clock {
            Clock::Thread => self.samples.push(each(watch.thread)),
            Clock::Wall => self.samples.push(each(watch.wall)),
            Clock::WallAndThread => {
                self.samples.push(each(watch.wall));
                self.thread.push(each(watch.thread));
            }
        }
    }
}

/// The median of at least one figure.
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = ((sorted.len() - 1) / 2, sorted.len() / 2);
    f64::midpoint(sorted[low], sorted[high])
}
