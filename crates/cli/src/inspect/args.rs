#![allow(clippy::doc_markdown, reason = "these comments are the help")]

use std::path::PathBuf;

use clap::{Args as Arguments, ValueEnum};
use polycord_types::catalog::Structure;

use super::names;

/// Says what Discord's JSON holds that polycord does not know
///
/// For each object that it reads, it tells what the object is, which fields the models do
/// not know, which values of enums and flags have no name, what deviates from the
/// documentation and was read all the same, and what could not be read, and where. So you
/// find out what Discord changed before your users do.
///
/// The input may be JSON lines, documents over many lines, one after another, and arrays
/// of objects: each object is inspected on its own. What is no JSON is told with its line,
/// and the rest is inspected. However large a file is, one object at a time is in memory.
#[derive(Arguments, Debug)]
#[command(verbatim_doc_comment, after_help = HINT, after_long_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files to read; `-` or no file is the standard input
    ///
    /// Unless an option says what the objects are, they are frames of the gateway, as in
    /// {"op":0,"s":1,"t":"MESSAGE_CREATE","d":{...}}; one with `t` and `d` needs no `op`. Lines
    /// that a shard's tap recorded are read as the frames in them.
    #[arg(value_name = "FILE", verbatim_doc_comment)]
    pub(super) files: Vec<PathBuf>,

    /// The objects are the data of this event, as in MESSAGE_CREATE
    #[arg(long, value_name = "NAME", value_parser = names::event, group = "subject")]
    pub(super) event: Option<&'static Structure>,

    /// The objects are this structure of the documentation, as in User
    ///
    /// Its title ("User Structure"), with the page where several have this title
    /// ("resources/user#User Structure"), or its type in polycord-types ("User").
    #[arg(
        long = "as",
        value_name = "STRUCTURE",
        value_parser = names::structure,
        group = "subject",
        verbatim_doc_comment
    )]
    pub(super) structure: Option<&'static Structure>,

    /// The objects are bodies of webhook events
    #[arg(long, group = "subject")]
    pub(super) webhook: bool,

    /// The objects are interactions, as they come over HTTP
    #[arg(long, group = "subject")]
    pub(super) interaction: bool,

    /// Reads the files that an index lists, each as what the index says
    ///
    /// The index is JSON: {"examples": [{"file": "ann.json", "instance_of": "User"}]}. Files
    /// are relative to the index. `instance_of` is what --as and --event take; also "A + B"
    /// (the fields of both), "{key: A}" (A under a key), and the name of another frame, as
    /// in IDENTIFY. With "what": "gateway-payload" the file holds frames, with "partial" the
    /// objects may lack even what identifies them.
    #[arg(
        long,
        value_name = "FILE",
        group = "subject",
        conflicts_with = "files",
        verbatim_doc_comment
    )]
    pub(super) index: Option<PathBuf>,

    /// Lists the names that --event and --as take
    #[arg(long, exclusive = true)]
    pub(super) list: bool,

    /// Prints each object with its findings before the summary
    #[arg(long, conflicts_with = "json")]
    pub(super) each: bool,

    /// Prints a JSON object for each object, and one for the summary
    #[arg(long)]
    pub(super) json: bool,

    /// Exits with 1 for these findings too, not only for what could not be read
    #[arg(long, value_name = "FINDINGS", value_enum, value_delimiter = ',')]
    pub(super) deny: Vec<Deny>,

    /// Exits with 1 for any finding: denies all of them
    #[arg(long)]
    pub(super) strict: bool,
}

/// Findings that are not tolerated.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(super) enum Deny {
    /// Fields that the models do not know
    UnknownFields,
    /// Values of enums and flags, and events, without a name
    UnknownValues,
    /// What is not as documented
    Deviations,
}

const HINT: &str = "\
Exit status: 0 all was read, 1 some was not or what is denied was found, 2 wrong usage
or an unreadable file. `--help` says more, with examples.";

const EXAMPLES: &str = r#"Examples:
  What does a recording of the gateway hold that polycord does not know?
      polycord inspect frames.jsonl

  The same, object by object:
      polycord inspect --each frames.jsonl

  One event, as it stands in a log:
      echo '{"id":"3","channel_id":"2"}' | polycord inspect --event MESSAGE_DELETE

  The answer of a REST route:
      curl -s https://discord.com/api/v10/users/@me -H "Authorization: Bot $TOKEN" |
          polycord inspect --as User

  Which unknown fields are there, for a script?
      polycord inspect --json frames.jsonl |
          jq -r 'select(.type == "summary") | .unknown_fields[] | "\(.kind) \(.path)"'

Paths lead from the root of an object: `d.members[3].user.name` in a frame, `user.name` in
bare data. The summary adds up what differs in positions and ids only, and writes `[]` and
`*` for them.

Exit status:
  0  every object was read
  1  some were not, or have findings that --deny or --strict denies
  2  wrong usage, or a file that cannot be read"#;
