//! `polycord inspect`: what JSON holds that the models do not know.

mod args;
mod frame;
mod index;
mod input;
mod names;
mod output;
mod progress;
mod reading;
mod recording;
mod subject;
mod tally;
mod webhook;

use std::{
    fmt,
    io::{self, BufWriter, ErrorKind, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

pub(crate) use self::args::Args;
use self::{
    args::Deny,
    input::{Documents, Item, Source},
    output::{Machine, Output, People, Style},
    progress::Progress,
    reading::Reading,
    subject::Subject,
    tally::{Place, Tally},
};

/// Something could not be read as what it is, or what is denied was found.
const FINDINGS: u8 = 1;
/// The work could not be done as asked.
const TROUBLE: u8 = 2;

/// So many things that are no JSON make a file something else, if no object came before.
const MAX_UNREADABLE: u64 = 100;

/// Runs the command.
pub(crate) fn run(args: &Args) -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let result = if args.list {
        names::list(&mut out).map(|()| 0)
    } else {
        match work(args) {
            Ok(work) => inspect(args, &work, &mut out),
            Err(problem) => {
                complain(&problem);
                return TROUBLE.into();
            }
        }
    };
    match result.and_then(|code| out.flush().map(|()| code)) {
        Ok(code) => code.into(),
        // Whoever read the output has enough of it, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("cannot write the output: {error}"));
            TROUBLE.into()
        }
    }
}

fn complain(problem: &str) {
    // Where even this cannot be written, the exit status tells.
    let _ = writeln!(io::stderr(), "polycord inspect: {problem}");
}

/// The files to read, and what is in each.
fn work(args: &Args) -> Result<Vec<(PathBuf, Subject)>, String> {
    if let Some(path) = &args.index {
        let entries =
            index::read(path).map_err(|problem| format!("{}: {problem}", path.display()))?;
        return Ok(entries
            .into_iter()
            .map(|entry| (entry.path, entry.subject))
            .collect());
    }
    let subject = match (args.event, args.structure) {
        (Some(structure), _) | (_, Some(structure)) => Subject::of(structure),
        _ if args.webhook => Subject::Webhook,
        _ if args.interaction => Subject::interaction(),
        _ => Subject::Frame,
    };
    let files = if args.files.is_empty() {
        if Source::is_typed() {
            return Err("no files, and nothing is piped in; see `polycord inspect --help`".into());
        }
        vec![PathBuf::from("-")]
    } else {
        args.files.clone()
    };
    Ok(files
        .into_iter()
        .map(|file| (file, subject.clone()))
        .collect())
}

/// Reads everything; the code to exit with.
fn inspect(args: &Args, work: &[(PathBuf, Subject)], out: &mut dyn Write) -> io::Result<u8> {
    let output: &dyn Output = if args.json {
        &Machine
    } else {
        &People {
            style: Style::of(&io::stdout()),
            each: args.each,
        }
    };
    let mut inspection = Inspection {
        output,
        out,
        prints_each: args.json || args.each,
        tally: Tally::default(),
        progress: Progress::new(args.json || args.each),
        troubles: 0,
    };
    for (path, subject) in work {
        inspection.file(path, subject)?;
    }
    inspection.progress.clear();
    let tally = &inspection.tally;
    let nothing = tally.inputs == 0 && inspection.troubles > 0;
    if args.json || !nothing {
        output.summary(inspection.out, tally)?;
    }
    Ok(if inspection.troubles > 0 {
        TROUBLE
    } else if tally.failed > 0 || is_denied(args, tally) {
        FINDINGS
    } else {
        0
    })
}

fn is_denied(args: &Args, tally: &Tally) -> bool {
    let found = [
        (Deny::UnknownFields, tally.unknown_fields),
        (Deny::UnknownValues, tally.unknown_values),
        (Deny::Deviations, tally.deviations),
    ];
    found
        .iter()
        .any(|(class, count)| *count > 0 && (args.strict || args.deny.contains(class)))
}

struct Inspection<'a> {
    output: &'a dyn Output,
    out: &'a mut dyn Write,
    prints_each: bool,
    tally: Tally,
    progress: Progress,
    /// Files that could not be read.
    troubles: u32,
}

impl Inspection<'_> {
    /// Reads a file; fails only where the output does.
    fn file(&mut self, path: &Path, subject: &Subject) -> io::Result<()> {
        let source = match Source::open(path) {
            Ok(source) => source,
            Err(error) => {
                self.trouble(path, &error);
                return Ok(());
            }
        };
        let name: Arc<str> = source.name.into();
        let mut documents = Documents::new(source.input);
        let mut number = 0;
        let mut is_json = false;
        loop {
            if number == MAX_UNREADABLE && !is_json {
                let problem = format!("the first {number} lines are no JSON");
                self.trouble(path, &problem);
                return Ok(());
            }
            let (line, reading) = match documents.next() {
                Ok(None) => return Ok(()),
                Ok(Some(Item::Document(document))) => {
                    is_json = true;
                    (document.line, subject.read(&document.text))
                }
                Ok(Some(Item::Unreadable(other))) => {
                    (other.line, Reading::failed("unreadable", "", other.problem))
                }
                Err(error) => {
                    self.trouble(path, &error);
                    return Ok(());
                }
            };
            number += 1;
            let place = Place {
                file: name.clone(),
                line,
            };
            self.tally.add(&reading, &place);
            self.output.input(self.out, &place, number, &reading)?;
            if self.prints_each && source.is_stream {
                self.out.flush()?;
            }
            self.progress
                .update(&name, documents.position(), source.size, number);
        }
    }

    fn trouble(&mut self, path: &Path, problem: &dyn fmt::Display) {
        self.progress.clear();
        self.troubles += 1;
        complain(&format!("cannot read {}: {problem}", path.display()));
    }
}
