//! Sessions that outlive the process, and how far the client has taken in what they told.

use std::collections::HashMap;

use polycord_cache::SessionPoint;
use polycord_gateway::{Dispatch, SavedSession, ShardId};

/// Where sessions were left, as a cache is [saved](polycord_cache::Cache::snapshot) and
/// [restored](polycord_cache::CacheBuilder::restore) with it.
///
/// # Examples
///
/// A bot that is started anew goes on where it was stopped, without being told everything again:
///
/// ```no_run
/// use std::{error::Error, fs};
///
/// use polycord::{Client, cache::Cache, gateway::SavedSession, session_points};
///
/// # async fn run() -> Result<(), Box<dyn Error>> {
/// // What the last process left, if it left anything.
/// let saved = fs::read("sessions.json").ok();
/// let saved = saved.and_then(|file| serde_json::from_slice(&file).ok());
/// let mut saved: Vec<SavedSession> = saved.unwrap_or_default();
/// let restored = fs::File::open("cache").map_err(Into::into).and_then(|file| {
///     Cache::builder().restore(file, &session_points(&saved))
/// });
/// let cache = restored.unwrap_or_else(|error| {
///     // A session that is resumed does not tell what an empty cache would have to know.
///     eprintln!("starting anew: {error}");
///     saved.clear();
///     Cache::new()
/// });
///
/// let client = Client::builder("token").cache(cache.clone()).sessions(saved).build();
/// let handle = client.handle();
/// client.run_until(tokio::signal::ctrl_c()).await?;
///
/// let saved = handle.saved_sessions();
/// let snapshot = cache.snapshot(session_points(&saved));
/// snapshot.write_to(fs::File::create("cache")?)?;
/// fs::write("sessions.json", serde_json::to_vec(&saved)?)?;
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn session_points<'a>(
    sessions: impl IntoIterator<Item = &'a SavedSession>,
) -> Vec<SessionPoint> {
    let points = sessions.into_iter().map(|saved| SessionPoint {
        shard: (saved.shard.number, saved.shard.total),
        session_id: saved.session_id.clone(),
        sequence: saved.seq,
    });
    points.collect()
}

/// The last event of each shard that was taken in, and its session.
#[derive(Debug, Default)]
pub(crate) struct Progress(HashMap<ShardId, (String, u64)>);

impl Progress {
    /// Where sessions of an earlier run were left.
    pub(crate) fn of(sessions: &[SavedSession]) -> Self {
        let points = sessions.iter();
        let points = points.map(|saved| (saved.shard, (saved.session_id.clone(), saved.seq)));
        Self(points.collect())
    }

    /// Notes that an event was taken in.
    pub(crate) fn note(&mut self, dispatch: &Dispatch) {
        let Some(seq) = dispatch.seq() else { return };
        match self.0.get_mut(&dispatch.shard()) {
            Some((session, last)) if session == dispatch.session_id() => *last = seq,
            _ => {
                let session = dispatch.session_id().to_owned();
                self.0.insert(dispatch.shard(), (session, seq));
            }
        }
    }

    /// Sessions that were left, where they are to be resumed: what was told after that was dropped by a client that
    /// stops. One of which nothing was taken in yet is left out.
    pub(crate) fn resumable(&self, left: Vec<SavedSession>) -> Vec<SavedSession> {
        let resumable = left.into_iter().filter_map(|mut saved| {
            let (session, seq) = self.0.get(&saved.shard)?;
            (*session == saved.session_id).then(|| saved.seq = *seq)?;
            Some(saved)
        });
        resumable.collect()
    }
}
