//! polycord-gateway beside twilight-gateway, on loopback.
//!
//! `cargo run --release --manifest-path benches/gateway/Cargo.toml --bin gateway -- --help`

use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    process::{self, Child, ChildStdout, Command, Stdio},
};

use polycord_gateway_benches::{
    encoding::Encoding,
    order::{Order, Reading, Work},
};

const HELP: &str = "\
CPU time per event and memory per idle shard of polycord-gateway and twilight-gateway: the same frames,
encoded beforehand, from a server in another process, each process alone on its core. Linux.

cargo run --release --manifest-path benches/gateway/Cargo.toml --bin gateway -- [OPTIONS]

  --only WHAT,..      of events, idle, ready                   [events,idle]
  --encodings NAME,.. of plain, zlib, zstd                     [plain,zlib,zstd]
  --events N          events of one run                        [200000]
  --repeats N         runs of each client, taking turns        [7]
  --shards N          idle shards in one process               [1000]
  --ready N,..        shards to have ready, by our manager     [100,500]
  --client-core N     where the clients run, one at a time     [1]
  --server-core N     where the server runs                    [0]
  --no-build          take the binaries that are there
  --help

Twilight's compression is chosen when it is compiled, so this compiles it once for each.";

/// Connected before the idle shards are counted: what a process needs in any case.
const FEW: u32 = 16;

fn main() {
    let options = Options::parse(env::args().skip(1)).unwrap_or_else(|mistake| {
        eprintln!("{mistake}\n\n{HELP}");
        process::exit(2);
    });
    let binaries = Binaries::new(&options).expect("binaries");
    if options.does("events") {
        events(&options, &binaries);
    }
    if options.does("idle") {
        idle(&options, &binaries);
    }
    if options.does("ready") {
        ready(&options, &binaries);
    }
}

struct Options {
    build: bool,
    client_core: usize,
    encodings: Vec<Encoding>,
    events: u64,
    only: Vec<String>,
    ready: Vec<u32>,
    repeats: usize,
    server_core: usize,
    shards: u32,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            build: true,
            client_core: 1,
            encodings: Encoding::ALL.to_vec(),
            events: 200_000,
            only: vec!["events".into(), "idle".into()],
            ready: vec![100, 500],
            repeats: 7,
            server_core: 0,
            shards: 1_000,
        };
        while let Some(name) = arguments.next() {
            match name.as_str() {
                "--help" => {
                    println!("{HELP}");
                    process::exit(0);
                }
                "--no-build" => {
                    options.build = false;
                    continue;
                }
                _ => {}
            }
            let value = arguments
                .next()
                .ok_or_else(|| format!("{name}: of what?"))?;
            let number = || {
                value
                    .parse::<u64>()
                    .map_err(|_| format!("{name}: no number: {value}"))
            };
            match name.as_str() {
                "--only" => options.only = value.split(',').map(str::to_owned).collect(),
                "--encodings" => {
                    options.encodings =
                        value.split(',').map(str::parse).collect::<Result<_, _>>()?;
                }
                "--events" => options.events = number()?.max(1),
                "--ready" => {
                    options.ready = value
                        .split(',')
                        .map(|shards| shards.parse().map_err(|_| format!("{name}: {value}?")))
                        .collect::<Result<_, _>>()?;
                }
                "--repeats" => options.repeats = number()?.max(1) as usize,
                "--shards" => options.shards = number()?.max(1) as u32,
                "--client-core" => options.client_core = number()? as usize,
                "--server-core" => options.server_core = number()? as usize,
                _ => return Err(format!("no such option: {name}")),
            }
        }
        Ok(options)
    }

    fn does(&self, what: &str) -> bool {
        self.only.iter().any(|only| only == what)
    }
}

/// What this starts.
struct Binaries {
    ours: PathBuf,
    server: PathBuf,
    twilight: BTreeMap<&'static str, PathBuf>,
}

impl Binaries {
    fn new(options: &Options) -> io::Result<Self> {
        // TARGET/release, where the binaries will be, too.
        let directory = env::current_exe()?.with_file_name("");
        let target = directory.parent().unwrap_or(&directory);
        let mut binaries = Self {
            ours: directory.join("gateway-ours"),
            server: directory.join("gateway-server"),
            twilight: BTreeMap::new(),
        };
        if options.build {
            build(
                target,
                &["--bin", "gateway-ours", "--bin", "gateway-server"],
            )?;
        }
        for &encoding in &options.encodings {
            let (name, feature) = match encoding {
                Encoding::Plain => ("plain", None),
                Encoding::Zlib => ("zlib", Some("twilight-zlib")),
                Encoding::Zstd => ("zstd", Some("twilight-zstd")),
            };
            let kept = directory.join(format!("gateway-twilight.{name}"));
            if options.build {
                let mut arguments = vec!["--bin", "gateway-twilight"];
                arguments.extend(feature.into_iter().flat_map(|name| ["--features", name]));
                build(target, &arguments)?;
                fs::copy(directory.join("gateway-twilight"), &kept)?;
            }
            binaries.twilight.insert(name, kept);
        }
        Ok(binaries)
    }

    fn of(&self, client: Client, encoding: Encoding) -> &PathBuf {
        match client {
            Client::Ours => &self.ours,
            Client::Twilight => &self.twilight[encoding.to_string().as_str()],
        }
    }
}

fn build(target: &Path, arguments: &[&str]) -> io::Result<()> {
    eprintln!("building: {}", arguments.join(" "));
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--release", "--manifest-path", manifest])
        .arg("--target-dir")
        .arg(target)
        .args(arguments)
        .status()?;
    if status.success() {
        return Ok(());
    }
    Err(io::Error::other("it does not build"))
}

#[derive(Clone, Copy, Debug)]
enum Client {
    Ours,
    Twilight,
}

/// Discord's buckets of shards that start together, for large bots.
const CONCURRENCY: u32 = 16;

/// The time until all shards are ready beside the least that the rate of IDENTIFY allows.
fn ready(options: &Options, binaries: &Binaries) {
    println!(
        "\nall ready, max_concurrency {CONCURRENCY}\n\n{:>6} {:>9} {:>9} {:>9}",
        "shards", "seconds", "least", "over"
    );
    for &shards in &options.ready {
        // A server for each, which sees how far apart its IDENTIFYs are.
        let server = Server::start(options, binaries, 0);
        eprintln!("starting {shards} shards, which takes a while");
        let order = Order {
            core: Some(options.client_core),
            encoding: Encoding::Plain,
            url: server.url.clone(),
            work: Work::Ready {
                shards,
                concurrency: CONCURRENCY,
            },
        };
        let (seconds, _) = run(&binaries.ours, &order);
        let least = f64::from((shards.div_ceil(CONCURRENCY).max(1) - 1) * 5);
        println!(
            "{shards:>6} {seconds:>9.2} {least:>9.0} {:>9.2}",
            seconds - least
        );
        if let Some(gap) = server.tightest_identifies() {
            println!(
                "       as the server saw it, two IDENTIFYs of a bucket were {gap} ms apart or more"
            );
        }
    }
}

/// The server, in a process of its own; it ends when its input does.
struct Server {
    child: Child,
    output: BufReader<ChildStdout>,
    url: String,
}

impl Server {
    fn start(options: &Options, binaries: &Binaries, events: u64) -> Self {
        let mut command = Command::new(&binaries.server);
        command
            .arg(options.server_core.to_string())
            .arg(events.to_string());
        if events > 0 {
            command.args(options.encodings.iter().map(Encoding::to_string));
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server");
        let mut url = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        output.read_line(&mut url).expect("its URL");
        Self {
            child,
            output,
            url: url.trim_end().to_owned(),
        }
    }
}

impl Server {
    /// Ends it, and asks for the milliseconds between two IDENTIFYs of a bucket at least.
    fn tightest_identifies(mut self) -> Option<u64> {
        drop(self.child.stdin.take());
        let mut line = String::new();
        self.output.read_line(&mut line).ok()?;
        line.trim().parse().ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Has a client do it; the two numbers that it prints.
fn run(binary: &PathBuf, order: &Order) -> (f64, f64) {
    let output = Command::new(binary)
        .args(order.arguments())
        .stderr(Stdio::inherit())
        .output()
        .expect("the client");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut numbers = text.split_whitespace().map_while(|word| word.parse().ok());
    match (numbers.next(), numbers.next()) {
        (Some(first), Some(second)) if output.status.success() => (first, second),
        _ => panic!(
            "{} {}: {}, {text:?}",
            binary.display(),
            order.arguments().join(" "),
            output.status
        ),
    }
}

/// CPU time of one event, in microseconds.
#[derive(Clone, Copy, Debug)]
struct Cost {
    user: f64,
    system: f64,
}

impl Cost {
    fn all(self) -> f64 {
        self.user + self.system
    }
}

fn events(options: &Options, binaries: &Binaries) {
    eprintln!("encoding {} events", options.events);
    let server = Server::start(options, binaries, options.events);
    let mut rows = Vec::new();
    for &encoding in &options.encodings {
        for reading in [Reading::Typed, Reading::Unwanted] {
            let mut costs: [Vec<Cost>; 2] = Default::default();
            for round in 1..=options.repeats {
                for (client, costs) in [Client::Ours, Client::Twilight].into_iter().zip(&mut costs)
                {
                    let order = Order {
                        core: Some(options.client_core),
                        encoding,
                        url: server.url.clone(),
                        work: Work::Events {
                            count: options.events,
                            reading,
                        },
                    };
                    let (user, system) = run(binaries.of(client, encoding), &order);
                    let events = options.events as f64;
                    costs.push(Cost {
                        user: user / events,
                        system: system / events,
                    });
                }
                eprintln!(
                    "{encoding} {} {round}/{}: ours {:.2} us, twilight {:.2} us",
                    reading.name(),
                    options.repeats,
                    costs[0][round - 1].all(),
                    costs[1][round - 1].all(),
                );
            }
            rows.push((encoding, reading, costs));
        }
    }
    println!(
        "\nCPU per event in us (fastest of {} runs = user + system; median), {} events of the mix\n",
        options.repeats, options.events,
    );
    println!(
        "{:<6} {:<9} {:>28} {:>28} {:>9} {:>7} {:>6}",
        "stream", "events", "ours", "twilight", "of tw.'s", "median", "bar"
    );
    for (encoding, reading, [ours, twilight]) in rows {
        let ((ours, our_median), (twilight, twilight_median)) = (sum_up(ours), sum_up(twilight));
        let cell = |cost: Cost, median: f64| {
            format!(
                "{:.2} = {:.2} + {:.2}; {median:.2}",
                cost.all(),
                cost.user,
                cost.system
            )
        };
        println!(
            "{encoding:<6} {:<9} {:>28} {:>28} {:>9.2} {:>7.2} {:>6.2}",
            reading.name(),
            cell(ours, our_median),
            cell(twilight, twilight_median),
            ours.all() / twilight.all(),
            our_median / twilight_median,
            bar(encoding, reading),
        );
    }
}

/// The part of twilight's time that we allow ourselves.
fn bar(encoding: Encoding, reading: Reading) -> f64 {
    match (reading, encoding) {
        (Reading::Typed, Encoding::Plain) => 0.5,
        (Reading::Typed, Encoding::Zlib) => 0.65,
        (Reading::Typed, Encoding::Zstd) => 0.6,
        (Reading::Raw | Reading::Unwanted, _) => 1.0,
    }
}

/// The fastest, and the median.
fn sum_up(mut costs: Vec<Cost>) -> (Cost, f64) {
    costs.sort_by(|one, other| one.all().total_cmp(&other.all()));
    (costs[0], costs[costs.len() / 2].all())
}

fn idle(options: &Options, binaries: &Binaries) {
    let server = Server::start(options, binaries, 0);
    println!(
        "\nresident memory per idle shard in KiB ({} of them, after {FEW} others)\n\n{:<6} {:>8} {:>9} {:>9}",
        options.shards, "stream", "ours", "twilight", "of tw.'s"
    );
    for &encoding in &options.encodings {
        let [ours, twilight] = [Client::Ours, Client::Twilight].map(|client| {
            let order = Order {
                core: Some(options.client_core),
                encoding,
                url: server.url.clone(),
                work: Work::Idle {
                    few: FEW,
                    more: options.shards,
                },
            };
            let (before, after) = run(binaries.of(client, encoding), &order);
            (after - before) / f64::from(options.shards)
        });
        println!(
            "{encoding:<6} {ours:>8.1} {twilight:>9.1} {:>9.2}",
            ours / twilight
        );
    }
}
