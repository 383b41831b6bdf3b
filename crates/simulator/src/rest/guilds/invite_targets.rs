//! Invites that only some can accept: the list of them, which is read in the background.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::ids::iso8601;
use crate::rest::multipart::Upload;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::InviteTargets;
use crate::world::permissions::MANAGE_GUILD;

pub(super) const ROUTES: &[Route] = &[
    Route::get("/invites/{code}/target-users", Core::get_targets),
    Route::put("/invites/{code}/target-users", Core::put_targets),
    Route::get(
        "/invites/{code}/target-users/job-status",
        Core::get_targets_job,
    ),
];

/// How long a list takes to be read, in milliseconds.
const READING: u64 = 1_000;
/// What stands above the list.
const HEADING: &str = "Users";
/// Smaller numbers are no snowflakes: nothing was made before the epoch's first millisecond.
const LEAST: u64 = 1 << 22;

const PROCESSING: u8 = 1;
const COMPLETED: u8 = 2;

impl Core {
    fn get_targets(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let guild = self.of_managed_invite(state, call)?;
        let found = targets(state, guild, call.text("code"));
        let found =
            found.ok_or_else(|| Failure::new(404, 10_129, "Unknown Invite Target Users"))?;
        let users = if self.is_read(found) {
            &found.users
        } else {
            &found.before
        };
        let lines = users.iter().map(|user| format!("{user}\n"));
        Ok(Reply::table(format!(
            "{HEADING}\n{}",
            lines.collect::<String>()
        )))
    }

    fn put_targets(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let guild = self.of_managed_invite(state, call)?;
        match read(&call.files)? {
            Some(Ok(users)) => self.keep_targets(state, guild, call.text("code"), users),
            Some(Err(wrong)) => return Ok(refused(&wrong)),
            None => return Err(Failure::required(FILE)),
        }
        Ok(Reply::no_content())
    }

    fn get_targets_job(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let guild = self.of_managed_invite(state, call)?;
        let found = targets(state, guild, call.text("code"));
        let found =
            found.ok_or_else(|| Failure::new(404, 10_124, "Unknown Invite Target Users Job"))?;
        let total = found.users.len();
        let done = self.is_read(found);
        Ok(Reply::ok(json!({
            "status": if done { COMPLETED } else { PROCESSING },
            "total_users": total,
            "processed_users": if done { total } else { 0 },
            "created_at": iso8601(found.given),
            "completed_at": done.then(|| iso8601(found.given + READING)),
            "error_message": null,
        })))
    }

    /// Who can accept an invite from now on.
    pub(crate) fn keep_targets(
        &self,
        state: &mut State,
        guild: u64,
        code: &str,
        users: BTreeSet<u64>,
    ) {
        let given = self.clock.now_ms();
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            let old = found.invite_targets.remove(code);
            let before = old.map(|old| old.users).unwrap_or_default();
            let targets = InviteTargets {
                users,
                before,
                given,
            };
            found.invite_targets.insert(code.to_owned(), targets);
        }
    }

    fn is_read(&self, targets: &InviteTargets) -> bool {
        self.clock.now_ms() >= targets.given + READING
    }

    /// The guild of the invite in the path, which whoever asks may manage.
    fn of_managed_invite(&self, state: &State, call: &Call<'_>) -> Result<u64, Failure> {
        let (guild, _) = self.live_invite(state, call.text("code"))?;
        self.may_in_guild(state, guild, MANAGE_GUILD)?;
        Ok(guild)
    }
}

/// The field of the form.
const FILE: &str = "target_users_file";

fn targets<'a>(state: &'a State, guild: u64, code: &str) -> Option<&'a InviteTargets> {
    state.world.guilds.get(&guild)?.invite_targets.get(code)
}

/// The users of a list, or what is wrong with its lines.
pub(crate) type Listed = Result<BTreeSet<u64>, Vec<String>>;

/// The users of the list that was uploaded, or what is wrong with its lines; `None` without a list.
pub(crate) fn read(files: &[Upload]) -> Result<Option<Listed>, Failure> {
    let Some(file) = files.iter().find(|file| file.field == FILE) else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&file.bytes);
    let text = text.map_err(|_| Failure::invalid(FILE, "CSV_INVALID", "The file is not text."))?;
    let (mut users, mut wrong) = (BTreeSet::new(), Vec::new());
    for (line, number) in text.lines().zip(1_u64..) {
        let line = line.trim().trim_matches('"');
        if line.is_empty() || number == 1 && line.eq_ignore_ascii_case(HEADING) {
            continue;
        }
        match line.parse::<u64>() {
            Ok(user) if user >= LEAST => drop(users.insert(user)),
            Ok(_) => wrong.push(format!(
                "Line {number}: invalid user ID - must be a valid Discord snowflake"
            )),
            Err(_) => wrong.push(format!("Line {number}: invalid user ID format")),
        }
    }
    Ok(Some(if wrong.is_empty() {
        Ok(users)
    } else {
        Err(wrong)
    }))
}

/// The refusal of a list, which has a shape of its own.
pub(crate) fn refused(wrong: &[String]) -> Reply {
    Reply::with_status(400, json!({ FILE: Value::from(wrong) }))
}
