//! Requests against a driver that does what the test says, in virtual time.

mod members;
mod others;
mod storms;
mod voice;

use std::{
    future::{IntoFuture, poll_fn},
    sync::{Arc, atomic::Ordering},
    task::Poll,
    time::Duration,
};

use polycord_frame::{Keys, scan};
use polycord_types::id::GuildId;
use serde_json::{Value, json};
use tokio::{task::JoinHandle, time::timeout};

use super::Requests;
use crate::{
    CommandId, Dispatch, DispatchName, LossReason, SessionEvent, ShardHandle, ShardId, State,
    dispatch::Origin, shared::Shared,
};

const GUILD: GuildId = GuildId::new(1 << 22);
const OTHER: GuildId = GuildId::new(2 << 22);

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A handle, and what a driver would hold at its other end.
struct Rig {
    handle: ShardHandle,
    shared: Arc<Shared>,
}

impl Rig {
    /// The only shard, whose bot has the id 7.
    fn new() -> Self {
        let rig = Self::of(ShardId::ONE, 64);
        rig.event("READY", json!({"v": 10, "user": {"id": "7"}}));
        rig
    }

    fn of(id: ShardId, queue: usize) -> Self {
        Self::resuming(id, queue, None)
    }

    /// With a session that was taken over, of this user.
    fn resuming(id: ShardId, queue: usize, user: Option<u64>) -> Self {
        let shared = Arc::new(Shared::new(id, 16, queue, user));
        let handle = ShardHandle {
            max_payload: 4096,
            shared: Arc::clone(&shared),
        };
        Self { handle, shared }
    }

    fn requests(&self) -> &Requests {
        &self.shared.requests
    }

    /// The session goes away, or comes back.
    fn turn(&self, to: State) {
        let from = State::Ready;
        self.requests()
            .note(&SessionEvent::StateChanged { from, to });
    }

    fn lose_session(&self) {
        let reason = LossReason::Closed(4009);
        let last_seq = Some(1);
        self.requests()
            .note(&SessionEvent::SessionLost { reason, last_seq });
    }

    /// The command that is in line next, with its payload; it is not sent yet.
    async fn taken(&self) -> (CommandId, Value) {
        let next = poll_fn(|cx| {
            self.shared.task.register(cx.waker());
            self.shared.inbox.pop().map_or(Poll::Pending, Poll::Ready)
        });
        let command = timeout(seconds(300), next).await.unwrap();
        let data = serde_json::from_str(command.data()).unwrap();
        (command.id().unwrap(), data)
    }

    /// Sends the command that is in line next.
    async fn sent(&self) -> Value {
        let (id, data) = self.taken().await;
        self.requests().sent(id);
        data
    }

    fn nothing_to_send(&self) -> bool {
        self.shared.inbox.pop().is_none()
    }

    #[allow(
        clippy::needless_pass_by_value,
        reason = "it is written out where it is called"
    )]
    fn event(&self, name: &str, data: Value) {
        self.requests().offer(&event(name, &data));
    }

    fn pending(&self) -> usize {
        self.requests().pending.load(Ordering::Relaxed)
    }
}

fn event(name: &str, data: &Value) -> Dispatch {
    let frame = format!(r#"{{"t":"{name}","s":1,"op":0,"d":{data}}}"#);
    let header = scan(&frame, &Keys::DISCORD).unwrap();
    let name = DispatchName::new(&header.kind.unwrap(), &frame);
    Dispatch {
        data: header.data,
        name,
        origin: Arc::new(Origin {
            session_id: "session".into(),
            shard: ShardId::ONE,
        }),
        replayed: false,
        seq: header.seq,
        frame: frame.into(),
    }
}

/// Awaits it in a task of its own.
fn spawn<F>(request: F) -> JoinHandle<F::Output>
where
    F: IntoFuture + Send + 'static,
    F::IntoFuture: Send,
    F::Output: Send + 'static,
{
    tokio::spawn(request.into_future())
}

/// Lets the tasks run that can.
async fn settle() {
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
}
