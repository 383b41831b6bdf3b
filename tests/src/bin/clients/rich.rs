//! What larger bots do: components, modals, autocompletion; and errands over REST, an area each.

use polycord_simulator::{CommandOption, Message, Response, World};
use polycord_types::id::InteractionId;

use crate::stage::{Outcome, Stage};

pub(crate) fn world() -> World {
    World::new().guild("tea house", |guild| {
        let guild = guild.channel("general").channel("cups").role("host");
        guild
            .member("ada")
            .member_with_roles("bob", &["host"])
            .member("rude")
            .member("worse")
    })
}

/// Commands said as text, each an area of REST. The bot answers `NAME: done`.
const SAID: [&str; 11] = [
    "upload", "thread", "webhook", "roles", "channels", "moderate", "history", "poll", "private",
    "plan", "emojis",
];

/// Runs one errand after the other.
pub(crate) async fn errands(stage: &mut Stage) -> Outcome<()> {
    let sim = stage.sim.clone();
    let general = sim.channel("general");
    stage
        .message("ready", general, |m| m.content == "ready")
        .await?;
    for name in SAID {
        sim.say(general, sim.user("ada"), &format!("!{name}"));
        let done = format!("{name}: done");
        stage.message(&done, general, |m| m.content == done).await?;
    }
    end(stage).await
}

async fn end(stage: &mut Stage) -> Outcome<()> {
    let sim = &stage.sim;
    sim.say(sim.channel("general"), sim.user("bob"), "!quit");
    stage.quits().await?;
    stage.nothing_refused()
}

/// Uses everything that can be pressed, chosen, typed and filled in.
pub(crate) async fn interactions(stage: &mut Stage) -> Outcome<()> {
    let sim = stage.sim.clone();
    let (general, cups) = (sim.channel("general"), sim.channel("cups"));
    let (ada, bob) = (sim.user("ada"), sim.user("bob"));
    stage
        .message("ready", general, |m| m.content == "ready")
        .await?;

    let shown = sim.run_command(general, ada, "menu", []);
    let menu = shows(stage, "it shows a menu", shown).await?;
    let chosen = sim.choose(general, menu.id, ada, "tea", ["green", "white"]);
    answered(stage, "choices in a menu update its message", chosen, 7).await?;
    let updated = |m: &Message| m.id == menu.id && m.content == "chosen: green, white";
    stage.message("and it says which", general, updated).await?;
    let chosen = sim.choose(general, menu.id, ada, "guest", [bob]);
    answered(stage, "a chosen user is deferred", chosen, 6).await?;
    stage
        .message("and named in a followup", general, |m| {
            m.content == "for bob"
        })
        .await?;
    let pressed = sim.press(general, menu.id, ada, "order");
    let modal = answered(stage, "a button shows a modal", pressed, 9).await?;
    let title = &modal.callback["data"]["title"];
    stage.check("of a title", title == "Your order")?;
    let submitted = sim.submit_modal(pressed, [("name", "Ada"), ("wish", "a green tea")]);
    let thanks = shows(stage, "the modal is submitted, and answered", submitted).await?;
    stage.check(
        "with what stood in it",
        thanks.content == "Ada wishes a green tea",
    )?;
    stage.check("for one pair of eyes", thanks.json["flags"] == 64)?;

    let typed = sim.type_option(
        general,
        ada,
        "brew",
        [CommandOption::string("tea", "gr").focused()],
    );
    let completed = answered(stage, "it completes what is typed", typed, 8).await?;
    let choices = completed.callback["data"]["choices"]
        .as_array()
        .map_or(0, Vec::len);
    stage.check("with two choices", choices == 2)?;
    let options = [
        CommandOption::string("tea", "green"),
        CommandOption::number("minutes", 2.5),
    ];
    let brewed = sim.run_command(general, ada, "brew", options);
    answered(stage, "it defers a command", brewed, 5).await?;
    stage
        .message("and answers it later", general, |m| {
            m.content == "ready to drink"
        })
        .await?;

    let role = sim
        .world()
        .guild("tea house")
        .and_then(|guild| guild.role("host"));
    let options = [
        CommandOption::integer("size", 2),
        CommandOption::channel("channel", cups),
        CommandOption::role("role", role.ok_or("there is no such role")?),
    ];
    let bought = sim.run_command(general, ada, "shop buy", options);
    let bought = shows(stage, "a subcommand", bought).await?;
    stage.check(
        "with a choice, a channel and a role",
        bought.content == "large in cups for host",
    )?;

    let greeted = sim.run_user_command(general, ada, "Greet them", bob);
    let greeted = shows(stage, "a command on a user", greeted).await?;
    stage.check("who is named", greeted.content == "hello bob")?;
    let said = sim.say(general, bob, "I said that");
    let quoted = sim.run_message_command(general, ada, "Quote it", said);
    let quoted = shows(stage, "a command on a message", quoted).await?;
    stage.check("which is quoted", quoted.content == "> I said that")?;
    end(stage).await
}

/// The answer to an interaction, of a kind.
async fn answered(
    stage: &mut Stage,
    what: &str,
    id: InteractionId,
    kind: u64,
) -> Outcome<Response> {
    let sim = stage.sim.clone();
    let response = stage.step(what, sim.expect_response(id)).await?;
    if response.kind != kind {
        return Err(format!("{what}: answered with {}", response.callback).into());
    }
    Ok(response)
}

/// The message that answers an interaction.
async fn shows(stage: &mut Stage, what: &str, id: InteractionId) -> Outcome<Message> {
    let response = answered(stage, what, id, 4).await?;
    response
        .message
        .ok_or_else(|| format!("{what}: without a message").into())
}
