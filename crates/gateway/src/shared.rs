//! What the task of a shard, its stream and its handles have in common.

use std::{
    pin::pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use futures_util::task::AtomicWaker;
use tokio::{sync::Notify, time::Instant};

use crate::{
    Command, SavedSession, SessionStatus, ShardEvent, ShardId, ShardStatus, StopReason,
    inbox::{Inbox, Refusal, Wishes},
    mailbox::Mailbox,
    requests::Requests,
};

/// One allocation for each shard, which lives as long as anybody who looks at it.
#[derive(Debug)]
pub(crate) struct Shared {
    /// Wakes the task.
    pub(crate) task: AtomicWaker,
    pub(crate) inbox: Inbox,
    pub(crate) mailbox: Mailbox,
    pub(crate) counters: Counters,
    pub(crate) requests: Requests,
    report: Mutex<Report>,
    reported: Notify,
    /// The task is no more.
    ended: AtomicBool,
    shard: ShardId,
}

/// What changes seldom, and wakes those who wait for it.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) session: SessionStatus,
    /// When the session came into its state.
    pub(crate) since: Instant,
    /// The session as it was when it began or was resumed.
    pub(crate) resumable: Option<Arc<SavedSession>>,
    pub(crate) stopped: Option<StopReason>,
}

/// What every event changes: nobody is woken for it.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) dispatches: AtomicU64,
    pub(crate) received_bytes: AtomicU64,
    pub(crate) replayed: AtomicU64,
    /// [`NO_SEQ`] for none.
    pub(crate) seq: AtomicU64,
    pub(crate) skipped: AtomicU64,
}

/// Stands for the absence of a sequence number, which no session counts far enough to meet.
pub(crate) const NO_SEQ: u64 = u64::MAX;

impl Shared {
    pub(crate) fn new(shard: ShardId, buffer: usize, commands: usize, user: Option<u64>) -> Self {
        let counters = Counters::default();
        counters.seq.store(NO_SEQ, Ordering::Relaxed);
        Self {
            task: AtomicWaker::new(),
            inbox: Inbox::new(commands),
            mailbox: Mailbox::new(buffer),
            counters,
            requests: Requests::new(user),
            report: Mutex::new(Report {
                session: SessionStatus::default(),
                since: Instant::now(),
                resumable: None,
                stopped: None,
            }),
            reported: Notify::new(),
            ended: AtomicBool::new(false),
            shard,
        }
    }

    pub(crate) fn shard(&self) -> ShardId {
        self.shard
    }

    pub(crate) fn send(&self, command: Command) -> Result<(), (Refusal, Command)> {
        self.inbox.push(command)?;
        self.task.wake();
        Ok(())
    }

    pub(crate) fn wish(&self, change: impl FnOnce(&mut Wishes)) {
        self.inbox.wish(change);
        self.task.wake();
    }

    pub(crate) fn poll_next(&self, cx: &mut Context<'_>) -> Poll<Option<ShardEvent>> {
        self.mailbox.poll_pop(cx, || self.task.wake())
    }

    pub(crate) fn poll_next_many(
        &self,
        cx: &mut Context<'_>,
        events: &mut Vec<ShardEvent>,
        limit: usize,
    ) -> Poll<usize> {
        let drained = || self.task.wake();
        self.mailbox.poll_pop_many(cx, events, limit, drained)
    }

    /// The consumer is gone.
    pub(crate) fn desert(&self) {
        self.mailbox.desert();
        self.task.wake();
    }

    /// The task is gone.
    pub(crate) fn end(&self) {
        drop(self.inbox.close());
        self.mailbox.end();
        self.requests.close();
        self.ended.store(true, Ordering::Release);
        self.reported.notify_waiters();
    }

    /// Changes the report, and the counters along with it if they belong to it; wakes those who wait.
    pub(crate) fn report(&self, change: impl FnOnce(&mut Report)) {
        change(&mut self.lock());
        self.reported.notify_waiters();
    }

    pub(crate) fn status(&self) -> ShardStatus {
        // Under the lock, so that a sequence number never appears beside another session's id.
        let report = self.lock();
        let mut session = report.session.clone();
        let load = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        session.counters.dispatches = load(&self.counters.dispatches);
        session.counters.replayed = load(&self.counters.replayed);
        session.seq = match load(&self.counters.seq) {
            NO_SEQ => session.seq,
            seq => Some(seq),
        };
        let resumable = report.resumable.clone();
        let stopped = report.stopped.clone();
        let state_age = report.since.elapsed();
        drop(report);
        let mailbox = self.mailbox.stats();
        ShardStatus {
            dropped: mailbox.dropped,
            dropped_reports: mailbox.dropped_reports,
            lag: mailbox.lag,
            paused: mailbox.paused,
            pauses: mailbox.pauses,
            queued_events: mailbox.waiting,
            received_bytes: load(&self.counters.received_bytes),
            session,
            shard: self.shard,
            skipped: load(&self.counters.skipped),
            state_age,
            stopped,
            resumable,
        }
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.lock().stopped.is_some()
    }

    /// The first status that fits; `None` if the task ends before there is one.
    pub(crate) async fn wait_for(
        &self,
        mut condition: impl FnMut(&ShardStatus) -> bool,
    ) -> Option<ShardStatus> {
        loop {
            let mut reported = pin!(self.reported.notified());
            reported.as_mut().enable();
            let ended = self.ended.load(Ordering::Acquire);
            let status = self.status();
            if condition(&status) {
                return Some(status);
            }
            if ended {
                return None;
            }
            reported.await;
        }
    }

    /// A panic elsewhere leaves the report whole: it is changed by assignments.
    fn lock(&self) -> MutexGuard<'_, Report> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
