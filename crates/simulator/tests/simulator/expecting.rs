//! What a test is told that waited in vain, or named what is not there.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use polycord_simulator::{NotSeen, Simulator};
use serde_json::{Value, json};

use crate::call::{call, start};
use crate::client::{GUILDS, ready};

const SOON: Duration = Duration::from_secs(5);

async fn no_message(sim: &Simulator) -> NotSeen {
    let never = sim.expect_message(sim.channel("general"), |m| m.content == "Pong!", SOON);
    never.await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn a_message_that_does_not_come_names_the_channel_and_what_was_written_there() {
    let sim = start().await;
    let general = sim.channel("general");
    let empty = no_message(&sim).await.to_string();
    assert!(
        empty.starts_with(&format!(
            "no message in #general ({general}) was as expected within 5s\n"
        )),
        "{empty}"
    );
    assert!(empty.contains("there is no message in it"), "{empty}");
    assert!(empty.contains("no bot has connected"), "{empty}");

    sim.say(general, sim.user("ada"), "!ping");
    let told = no_message(&sim).await.to_string();
    assert!(told.contains("  ada wrote \"!ping\"\n"), "{told}");
}

#[tokio::test(start_paused = true)]
async fn intents_that_were_forgotten_and_requests_that_were_refused_are_clues() {
    let sim = start().await;
    let general = sim.channel("general");
    let bot = ready(&sim, GUILDS).await;
    let told = no_message(&sim).await.to_string();
    assert!(told.contains("the intent GUILD_MESSAGES"), "{told}");
    drop(bot);
    let _bot = ready(&sim, GUILDS | 1 << 9).await;
    let path = format!("/channels/{general}/messages");
    call(&sim, "POST", &path, json!({ "content": "" })).await;
    let long = "x".repeat(2_001);
    call(&sim, "POST", &path, json!({ "content": long })).await;
    call(&sim, "DELETE", &format!("{path}/1"), Value::Null).await;

    let told = no_message(&sim).await.to_string();
    assert!(told.contains("the intent MESSAGE_CONTENT"), "{told}");
    let refused =
        format!("it was refused POST /api/v10{path}: 400 50006 Cannot send an empty message");
    assert!(told.contains(&refused), "{told}");
    assert!(
        told.contains("400 50035 Invalid Form Body; content: "),
        "{told}"
    );
    assert!(told.contains("404 10008 Unknown Message"), "{told}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come_names_what_was_asked_and_by_whom() {
    let sim = start().await;
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    let _bot = ready(&sim, GUILDS).await;
    let asked = sim.run_command(general, ada, "tea", []);
    assert_eq!(sim.response(asked), None);
    let told = sim.expect_response(asked).await.unwrap_err().to_string();
    assert!(
        told.starts_with(&format!(
            "no answer to the command /tea, used by ada in #general ({general}), came within 3s\n"
        )),
        "{told}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_state_of_things_is_waited_for_and_named_when_it_does_not_come() {
    let sim = start().await;
    let (guild, general, ada) = (
        sim.guild("polycord"),
        sim.channel("general"),
        sim.user("ada"),
    );
    let said = sim.say(general, ada, "durian");
    let bot = async {
        let message = format!("/channels/{general}/messages/{said}");
        call(&sim, "DELETE", &message, Value::Null).await;
        let until = "2121-06-01T00:00:00+00:00";
        let member = format!("/guilds/{guild}/members/{ada}");
        let refused = call(
            &sim,
            "PATCH",
            &member,
            json!({ "communication_disabled_until": until }),
        );
        assert_eq!(refused.await.0, 400);
        sim.time_out(guild, ada, 60).unwrap();
    };
    let gone = |sim: &Simulator| sim.message(general, said).is_none();
    let timed_out = |sim: &Simulator| sim.member(guild, ada).is_some_and(|it| it.timed_out);
    assert!(!gone(&sim) && !timed_out(&sim));
    let test = async {
        sim.expect_that("it is deleted", gone, SOON).await?;
        sim.expect_that("ada is timed out", timed_out, SOON).await
    };
    let (seen, ()) = tokio::join!(test, bot);
    seen.unwrap();

    tokio::time::sleep(Duration::from_secs(61)).await;
    let never = sim.expect_that("ada is timed out", timed_out, SOON).await;
    let told = never.unwrap_err().to_string();
    assert!(
        told.starts_with("not within 5s: ada is timed out\n"),
        "{told}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_command_is_waited_for_until_it_is_registered() {
    let sim = start().await;
    let application = sim.world().application;
    let path = format!("/applications/{application}/commands");
    let register = async {
        let body = json!({ "name": "tea", "description": "Makes tea" });
        assert_eq!(call(&sim, "POST", &path, body).await.0, 201);
    };
    let (seen, ()) = tokio::join!(sim.expect_command("tea", SOON), register);
    seen.unwrap();
    let told = sim.expect_command("coffee", SOON).await.unwrap_err();
    assert!(
        told.to_string()
            .starts_with("no command \"coffee\" was registered within 5s\n  registered: tea\n"),
        "{told}"
    );
}

#[tokio::test]
async fn a_name_that_is_not_there_is_told_with_those_that_are() {
    let sim = start().await;
    let panic = catch_unwind(AssertUnwindSafe(|| sim.user("adda"))).unwrap_err();
    let told = panic.downcast_ref::<String>().unwrap();
    assert!(
        told.starts_with("no user is called \"adda\" in this world: there are [")
            && told.contains("\"ada\""),
        "{told}"
    );
    // The lock that was held meanwhile is usable.
    assert_eq!(sim.user("ada"), sim.user("ada"));
}
