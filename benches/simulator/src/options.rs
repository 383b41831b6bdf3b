//! What to measure.

use std::process::exit;

const HELP: &str = "\
What the simulator costs on one core; those who read what it sends are a process of their own, on another. Linux.

cargo run --release --manifest-path benches/simulator/Cargo.toml -- [OPTIONS]

  --only WHAT,..       of frames, events, idle, start, suite   [all of them]
  --frames N           frames of one run                       [2000000]
  --events N           events of one run                       [500000]
  --connections N,..   how many read them                      [1,100]
  --shards N           idle shards                             [1000]
  --starts N           how many simulators are started         [200]
  --tests N            bot tests of a suite                    [500]
  --core N             where the simulator runs                [0]
  --readers-core N     where the readers run                   [1]
  --help";

pub struct Options {
    pub connections: Vec<u32>,
    pub core: usize,
    pub events: u64,
    pub frames: u64,
    pub readers_core: usize,
    pub shards: u32,
    pub starts: u32,
    pub tests: u32,
    only: Vec<String>,
}

impl Options {
    /// Ends the process when they make no sense.
    pub fn parse(arguments: impl Iterator<Item = String>) -> Self {
        Self::read(arguments).unwrap_or_else(|mistake| {
            eprintln!("{mistake}\n\n{HELP}");
            exit(2);
        })
    }

    pub fn does(&self, what: &str) -> bool {
        self.only.is_empty() || self.names(what)
    }

    /// Whether it is asked for by its name.
    pub fn names(&self, what: &str) -> bool {
        self.only.iter().any(|only| only == what)
    }

    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            connections: vec![1, 100],
            core: 0,
            events: 500_000,
            frames: 2_000_000,
            readers_core: 1,
            shards: 1_000,
            starts: 200,
            tests: 500,
            only: Vec::new(),
        };
        while let Some(name) = arguments.next() {
            if name == "--help" {
                println!("{HELP}");
                exit(0);
            }
            let value = arguments
                .next()
                .ok_or_else(|| format!("{name}: of what?"))?;
            let no_number = |_| format!("{name}: no number: {value}");
            let number = || value.parse::<u32>().map_err(no_number);
            match name.as_str() {
                "--only" => options.only = value.split(',').map(str::to_owned).collect(),
                "--frames" => options.frames = number()?.max(1).into(),
                "--events" => options.events = number()?.max(1).into(),
                "--connections" => {
                    options.connections = value
                        .split(',')
                        .map(|number| number.parse().map_err(no_number))
                        .collect::<Result<_, _>>()?;
                }
                "--shards" => options.shards = number()?.max(1),
                "--starts" => options.starts = number()?.max(1),
                "--tests" => options.tests = number()?.max(1),
                "--core" => options.core = number()? as usize,
                "--readers-core" => options.readers_core = number()? as usize,
                _ => return Err(format!("no such option: {name}")),
            }
        }
        Ok(options)
    }
}
