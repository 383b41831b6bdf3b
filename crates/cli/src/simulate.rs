//! `polycord simulate`: a Discord of one's own, for bots under test.

mod args;
mod line;
mod pointing;
mod summary;

use std::{
    fs::File,
    future::pending,
    io::{self, BufWriter, Write},
    path::Path,
    process::ExitCode,
    time::Duration,
};

use polycord_simulator::{Scenario, Simulator, World};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

pub(crate) use self::args::Args;
use self::{args::Planned, line::Line};

/// It could not be done as asked.
const TROUBLE: u8 = 2;
/// How many members a generated guild has, unless said otherwise.
const MEMBERS: usize = 20;
/// How often the line is renewed, and scenarios are looked after.
const TICK: Duration = Duration::from_millis(250);

/// Runs the command.
pub(crate) fn run(args: &Args) -> ExitCode {
    let done = if args.list_scenarios {
        list(&mut io::stdout().lock()).map_err(|error| format!("cannot write the list: {error}"))
    } else {
        simulate(args)
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // Where even this cannot be written, the exit status tells.
            let _ = writeln!(io::stderr(), "polycord simulate: {problem}");
            TROUBLE.into()
        }
    }
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    for scenario in Scenario::all() {
        let told = writeln!(out, "{:<38} {}", scenario.name(), scenario.sentence());
        match told {
            // Whoever read the list has enough of it, as `head` does.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            told => told?,
        }
    }
    Ok(())
}

fn simulate(args: &Args) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(serve(args))
}

async fn serve(args: &Args) -> Result<(), String> {
    let sim = start(args).await?;
    let ca = match (&args.tls, sim.ca_pem()) {
        (Some(path), Some(pem)) => Some(keep(path, pem)?),
        _ => None,
    };
    let unwritable = |error| format!("cannot write the output: {error}");
    tell_start(&sim, ca.as_deref()).map_err(unwritable)?;
    let start = Instant::now();
    let traffic =
        (args.traffic > 0).then(|| sim.traffic(f64::from(args.traffic), args.mix.mix(), args.seed));
    let line = watch(&sim, args, start).await;
    line.clear();
    drop(traffic);
    let counts = sim.counts();
    sim.shutdown().await;
    summary::tell(&mut io::stdout().lock(), start.elapsed(), counts).map_err(unwritable)
}

async fn start(args: &Args) -> Result<Simulator, String> {
    let mut builder = Simulator::builder()
        .token(&args.token)
        .shards(args.shards)
        .max_concurrency(args.max_concurrency)
        .port(args.port)
        .tls(args.tls.is_some());
    if let Some(guilds) = args.guilds {
        let members = args.members.unwrap_or(MEMBERS);
        builder = builder.world(World::generate(args.seed, guilds, members));
    }
    if !args.compress.is_empty() {
        builder = builder.transports(args.compress.iter().map(|it| it.name()));
    }
    if let Some(path) = &args.record {
        let file = File::create(path)
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        builder = builder.record(BufWriter::new(file));
    }
    let started = builder.start().await;
    started.map_err(|error| {
        let port = args.port;
        format!("{error}; is port {port} taken? `--port 0` takes a free one")
    })
}

/// Writes the authority down; gives the file's name.
fn keep(path: &Path, pem: &str) -> Result<String, String> {
    let name = path.display().to_string();
    std::fs::write(path, pem)
        .map(|()| name.clone())
        .map_err(|error| format!("cannot write {name}: {error}"))
}

fn tell_start(sim: &Simulator, ca: Option<&str>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    pointing::tell(&mut out, sim, ca)?;
    writeln!(out, "\nCtrl-C ends it.")?;
    out.flush()
}

/// Plays what is planned and shows what happens, until the end is asked for.
async fn watch(sim: &Simulator, args: &Args, start: Instant) -> Line {
    let mut line = Line::new();
    let mut planned = args.scenario.clone();
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let end = async {
        match args.lasting {
            Some(lasting) => sleep_until(start + lasting).await,
            None => pending().await,
        }
    };
    // One for the whole run: what comes between two of them is heard by neither.
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without a way to be told of Ctrl-C, the process ends as it ever did.
            pending::<()>().await;
        }
    };
    tokio::pin!(end, interrupted);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = &mut end => return line,
            () = &mut interrupted => return line,
        }
        planned.retain(|planned| !play(sim, planned, start.elapsed()));
        line.update(start.elapsed(), sim.connections(), sim.counts());
    }
}

/// Plays a scenario if it is time; whether it was.
fn play(sim: &Simulator, planned: &Planned, ran: Duration) -> bool {
    let due = match planned.after {
        Some(after) => ran >= after,
        None => sim.is_connected(planned.shard),
    };
    if due {
        sim.play(planned.shard, planned.scenario);
    }
    due
}
