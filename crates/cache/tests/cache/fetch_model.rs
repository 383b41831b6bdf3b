//! Events that are late, and answers that cross them: in the end the cache has what is true.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Waker};

use polycord_cache::{Cache, CachedMember, FetchExt};
use polycord_types::{decode::from_str, member::Member};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::play::{Play, guild, id, member, user};

type Asking = Pin<Box<dyn Future<Output = Result<Option<CachedMember>, Arc<()>>>>>;

/// A request on its way. Discord looks into the world at some time between its coming and its going.
struct Request {
    /// Once it has: whether there is somebody, and who.
    seen: Option<Seen>,
    reply: oneshot::Sender<Option<Member>>,
}

#[derive(Clone)]
struct Seen(Option<Value>);

/// Discord, with one member who comes, goes and is renamed.
#[derive(Default)]
struct Discord {
    nine: Option<Value>,
    /// Events that are not delivered yet.
    events: VecDeque<(&'static str, Value)>,
    requests: Vec<Request>,
}

impl Discord {
    fn change(&mut self, random: &mut fastrand::Rng, step: usize) {
        let name = json!(format!("step {step}"));
        if let Some(nine) = &mut self.nine {
            if random.bool() {
                self.nine = None;
                let gone = json!({"guild_id": "1", "user": user(9)});
                self.events.push_back(("GUILD_MEMBER_REMOVE", gone));
            } else {
                nine["nick"] = name.clone();
                let new = json!({"guild_id": "1", "user": user(9), "roles": [], "nick": name});
                self.events.push_back(("GUILD_MEMBER_UPDATE", new));
            }
        } else {
            let mut nine = member(9);
            nine["nick"] = name;
            self.nine = Some(nine.clone());
            nine["guild_id"] = json!("1");
            self.events.push_back(("GUILD_MEMBER_ADD", nine));
        }
    }

    fn look(&mut self, request: usize) {
        let seen = &mut self.requests[request].seen;
        if seen.is_none() {
            *seen = Some(Seen(self.nine.clone()));
        }
    }

    /// Answers a request that it has looked into.
    fn answer(&mut self, request: usize) {
        if let Some(Seen(seen)) = self.requests[request].seen.clone() {
            let member = seen.map(|seen| from_str(&seen.to_string()).unwrap());
            // Whoever asked may be gone.
            let _ = self.requests.swap_remove(request).reply.send(member);
        }
    }

    fn deliver(&mut self, play: &mut Play) {
        if let Some((name, data)) = self.events.pop_front() {
            play.event(name, data);
        }
    }
}

fn ask(discord: &Rc<RefCell<Discord>>, cache: &Cache, again: bool) -> Asking {
    let (discord, cache) = (Rc::clone(discord), cache.clone());
    Box::pin(async move {
        let fetch = || async {
            let (reply, answer) = oneshot::channel();
            let request = Request { seen: None, reply };
            discord.borrow_mut().requests.push(request);
            Ok(answer.await.unwrap())
        };
        if again {
            cache.refetch_member(id(1), id(9), fetch).await
        } else {
            cache.member_or_fetch(id(1), id(9), fetch).await
        }
    })
}

/// Lets all who ask go on; those who got their answer go.
fn poll(asking: &mut Vec<Asking>) {
    let mut context = Context::from_waker(Waker::noop());
    asking.retain_mut(|asking| asking.as_mut().poll(&mut context).is_pending());
}

fn nick(member: Option<&CachedMember>) -> Option<&str> {
    member.map(|member| member.nick().unwrap_or_default())
}

#[test]
fn whatever_crosses_on_the_way_the_cache_ends_up_with_what_is_true() {
    let (mut found, mut absent) = (0, 0);
    for seed in 0..300 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut play = Play::new(Cache::new());
        play.event("GUILD_CREATE", guild(1));
        let discord = Rc::new(RefCell::new(Discord::default()));
        let mut asking = Vec::new();
        for step in 0..150 {
            let mut world = discord.borrow_mut();
            match random.u8(..10) {
                0 => world.change(&mut random, step),
                1 | 7 | 8 => world.deliver(&mut play),
                2..=3 if asking.len() < 5 => {
                    drop(world);
                    asking.push(ask(&discord, &play.cache, random.bool()));
                    poll(&mut asking);
                }
                4 if !world.requests.is_empty() => {
                    let request = random.usize(..world.requests.len());
                    world.look(request);
                }
                5 if !world.requests.is_empty() => {
                    let request = random.usize(..world.requests.len());
                    world.answer(request);
                }
                6 if !asking.is_empty() && random.bool() => {
                    drop(world);
                    drop(asking.swap_remove(random.usize(..asking.len())));
                }
                _ => {
                    drop(world);
                    poll(&mut asking);
                }
            }
        }

        // Everything arrives, in any order.
        while !asking.is_empty() || !discord.borrow().events.is_empty() {
            let mut world = discord.borrow_mut();
            if random.bool() {
                world.deliver(&mut play);
            }
            if !world.requests.is_empty() && (random.u8(..8) == 0 || world.events.is_empty()) {
                let request = random.usize(..world.requests.len());
                world.look(request);
                world.answer(request);
            }
            drop(world);
            let (waiting, requests) = (asking.len(), discord.borrow().requests.len());
            poll(&mut asking);
            let moves = asking.len() < waiting || discord.borrow().requests.len() > requests;
            let has_to = waiting > 0 && requests == 0;
            assert!(moves || !has_to, "somebody hangs, seed {seed}");
        }

        let truth = discord.borrow().nine.clone();
        let truth = truth.as_ref().map(|nine| nine["nick"].as_str().unwrap());
        let cached = play.member(1, 9);
        if cached.is_some() {
            assert_eq!(nick(cached.as_ref()), truth, "seed {seed}");
        }
        // Nor does anything that is remembered say otherwise.
        let mut last = ask(&discord, &play.cache, false);
        let mut context = Context::from_waker(Waker::noop());
        let mut answer = last.as_mut().poll(&mut context);
        while answer.is_pending() {
            discord.borrow_mut().look(0);
            discord.borrow_mut().answer(0);
            answer = last.as_mut().poll(&mut context);
        }
        let std::task::Poll::Ready(Ok(member)) = answer else {
            panic!("{answer:?}");
        };
        assert_eq!(nick(member.as_ref()), truth, "seed {seed}");
        *if truth.is_some() {
            &mut found
        } else {
            &mut absent
        } += 1;
    }
    assert!(found > 50 && absent > 50, "{found} found, {absent} absent");
}
