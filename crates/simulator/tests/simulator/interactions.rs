//! What people ask of the bot, and how the bot is told.

use std::panic::{AssertUnwindSafe, catch_unwind};

use polycord_simulator::{Chosen, CommandOption, Filled, Simulator, World};
use polycord_types::id::{ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId};
use serde_json::{Value, json};

use crate::bot::{ask, known};
use crate::client::{Client, ready};

struct Place {
    sim: Simulator,
    client: Client,
    guild: GuildId,
    general: ChannelId,
    ada: UserId,
    grace: UserId,
    hosts: RoleId,
}

/// A bot without any intent: interactions come whatever was asked for.
async fn place() -> Place {
    let world = World::new().guild("tea house", |g| {
        g.channel("general")
            .voice_channel("attic")
            .role("hosts")
            .member("ada")
            .member("grace")
    });
    let sim = Simulator::builder().world(world).in_memory();
    let sim = sim.start().await.unwrap();
    let (client, _) = ready(&sim, 0).await;
    let guild = sim.guild("tea house");
    let roles = ask(&sim, "GET", &format!("/guilds/{guild}/roles"), Value::Null).await;
    let mut roles = roles.as_array().unwrap().iter();
    let hosts = roles.find(|role| role["name"] == "hosts").unwrap();
    Place {
        guild,
        general: sim.channel("general"),
        ada: sim.user("ada"),
        grace: sim.user("grace"),
        hosts: RoleId::new(hosts["id"].as_str().unwrap().parse().unwrap()),
        client,
        sim,
    }
}

impl Place {
    async fn told(&mut self) -> Value {
        let frame = self.client.dispatch("INTERACTION_CREATE").await;
        known(&frame).clone()
    }

    async fn answer(&self, told: &Value, body: Value) {
        let (id, token) = (
            told["id"].as_str().unwrap(),
            told["token"].as_str().unwrap(),
        );
        let path = format!("/interactions/{id}/{token}/callback");
        ask(&self.sim, "POST", &path, body).await;
    }

    /// The bot sends a message with these components.
    async fn shows(&self, components: Value) -> MessageId {
        let path = format!("/channels/{}/messages", self.general);
        let body = json!({ "content": "choose", "components": components });
        let message = ask(&self.sim, "POST", &path, body).await;
        MessageId::new(message["id"].as_str().unwrap().parse().unwrap())
    }

    async fn registers(&self, command: Value) {
        let application = self.sim.world().application;
        let path = format!("/applications/{application}/commands");
        ask(&self.sim, "POST", &path, command).await;
    }

    /// What it panics with.
    fn refusal<T>(&self, act: impl FnOnce(&Simulator) -> T) -> String {
        let caught = catch_unwind(AssertUnwindSafe(|| act(&self.sim)));
        let panic = caught.err().unwrap();
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn a_command_comes_with_who_asked_where_and_with_what_permissions() {
    let mut place = place().await;
    place.sim.run_command(place.general, place.ada, "tea", []);
    let told = place.told().await;
    assert_eq!(told["type"], 2);
    assert_eq!(told["context"], 0);
    assert_eq!(told["guild_id"], place.guild.to_string());
    let owners = json!({ "0": place.guild.to_string() });
    assert_eq!(told["authorizing_integration_owners"], owners);
    assert_eq!(told["channel"]["name"], "general");
    assert_eq!(told["member"]["user"]["username"], "ada");
    let bits = |value: &Value| value.as_str().unwrap().parse::<u64>().unwrap();
    // Ada may not manage the guild, the bot is its administrator.
    assert_eq!(bits(&told["member"]["permissions"]) & (1 << 5), 0);
    assert_ne!(bits(&told["member"]["permissions"]) & (1 << 11), 0);
    assert_ne!(bits(&told["app_permissions"]) & (1 << 3), 0);
    assert!(told.get("user").is_none());
}

#[tokio::test(start_paused = true)]
async fn a_command_in_private_comes_with_the_user_alone() {
    let mut place = place().await;
    let (direct, _) = place.sim.say_privately(place.ada, "hello");
    place.sim.run_command(direct, place.ada, "tea", []);
    let told = place.told().await;
    assert_eq!(told["context"], 1);
    assert_eq!(told["user"]["username"], "ada");
    assert!(told.get("member").is_none() && told.get("guild_id").is_none());
    assert_eq!(told["authorizing_integration_owners"], json!({ "0": "0" }));
}

#[tokio::test(start_paused = true)]
async fn options_of_every_type_come_with_what_they_name() {
    let mut place = place().await;
    let attic = place.sim.channel("attic");
    let options = [
        CommandOption::string("kind", "green"),
        CommandOption::integer("cups", 3),
        CommandOption::boolean("hot", true),
        CommandOption::user("guest", place.grace),
        CommandOption::channel("where", attic),
        CommandOption::role("for", place.hosts),
        CommandOption::mentionable_user("who", place.ada),
        CommandOption::mentionable_role("whom", place.hosts),
        CommandOption::number("strength", 0.5),
        CommandOption::attachment("picture", "cup.png", 1_024),
    ];
    place
        .sim
        .run_command(place.general, place.ada, "tea", options);
    let told = place.told().await;
    let (data, resolved) = (&told["data"], &told["data"]["resolved"]);
    let kinds = data["options"].as_array().unwrap().iter();
    let kinds: Vec<u64> = kinds.map(|it| it["type"].as_u64().unwrap()).collect();
    assert_eq!(kinds, [3, 4, 5, 6, 7, 8, 9, 9, 10, 11]);
    for user in [place.ada, place.grace] {
        assert!(resolved["users"][user.to_string()].is_object());
        let member = &resolved["members"][user.to_string()];
        assert!(member["permissions"].is_string() && member.get("user").is_none());
    }
    assert_eq!(resolved["roles"][place.hosts.to_string()]["name"], "hosts");
    assert_eq!(resolved["channels"][attic.to_string()]["name"], "attic");
    let file = data["options"][9]["value"].as_str().unwrap();
    assert_eq!(resolved["attachments"][file]["filename"], "cup.png");
}

#[tokio::test(start_paused = true)]
async fn a_subcommand_of_a_group_stands_two_levels_down() {
    let mut place = place().await;
    place
        .registers(
            json!({ "name": "house", "description": "rules", "options": [
            { "type": 2, "name": "tea", "description": "about tea", "options": [
                { "type": 1, "name": "set", "description": "set", "options": [
                    { "type": 3, "name": "kind", "description": "which", "required": true },
                ] },
            ] },
        ] }),
        )
        .await;
    let green = [CommandOption::string("kind", "green")];
    place
        .sim
        .run_command(place.general, place.ada, "house tea set", green.clone());
    let told = place.told().await;
    let group = &told["data"]["options"][0];
    assert_eq!((&group["name"], &group["type"]), (&json!("tea"), &json!(2)));
    let inner = &group["options"][0];
    assert_eq!((&inner["name"], &inner["type"]), (&json!("set"), &json!(1)));
    assert_eq!(inner["options"][0]["value"], "green");
    let refused = place.refusal(|sim| sim.run_command(place.general, place.ada, "house", []));
    assert!(refused.contains("has subcommands"), "{refused}");
    let path = "house tea pour";
    let refused = place.refusal(|sim| sim.run_command(place.general, place.ada, path, green));
    assert!(refused.contains("there is no \"pour\""), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn a_registered_command_is_run_only_as_a_client_lets_it() {
    let place = place().await;
    place
        .registers(
            json!({ "name": "tea", "description": "make some", "options": [
            { "type": 3, "name": "kind", "description": "which", "required": true,
              "choices": [{ "name": "Green", "value": "green" }] },
            { "type": 4, "name": "cups", "description": "how many", "max_value": 9 },
        ] }),
        )
        .await;
    place
        .registers(json!({
            "name": "close", "description": "the house",
            "default_member_permissions": "32", "contexts": [0],
        }))
        .await;
    let green = CommandOption::string("kind", "green");
    let run = |name: &str, options: Vec<CommandOption>| {
        place.refusal(|sim| sim.run_command(place.general, place.ada, name, options))
    };
    for (options, why) in [
        (vec![], "requires the option \"kind\""),
        (vec![CommandOption::integer("kind", 1)], "is of type 3"),
        (
            vec![CommandOption::string("kind", "mud")],
            "no choice \"mud\"",
        ),
        (
            vec![green.clone(), CommandOption::integer("cups", 10)],
            "within",
        ),
        (
            vec![green.clone(), CommandOption::boolean("hot", true)],
            "no option \"hot\"",
        ),
        (vec![green.focused()], "see `type_option`"),
    ] {
        let refused = run("tea", options);
        assert!(refused.contains(why), "{refused}");
    }
    assert!(run("close", vec![]).contains("is for members with the permissions 32"));
    let (direct, _) = place.sim.say_privately(place.ada, "hello");
    let owner = place.sim.user("owner");
    place.sim.run_command(place.general, owner, "close", []);
    let refused = place.refusal(|sim| sim.run_command(direct, place.ada, "close", []));
    assert!(refused.contains("is not offered there"), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn an_option_being_typed_asks_for_choices() {
    let mut place = place().await;
    let half = CommandOption::integer("cups", 1).focused();
    place
        .sim
        .type_option(place.general, place.ada, "tea", [half]);
    let told = place.told().await;
    assert_eq!(told["type"], 4);
    let option = &told["data"]["options"][0];
    assert_eq!(option["focused"], true);
    assert_eq!(option["value"], "1", "what is half typed is text");
}

#[tokio::test(start_paused = true)]
async fn a_menu_command_names_its_target() {
    let mut place = place().await;
    place
        .sim
        .run_user_command(place.general, place.ada, "Invite", place.grace);
    let told = place.told().await;
    assert_eq!(told["data"]["type"], 2);
    assert_eq!(told["data"]["target_id"], place.grace.to_string());
    let users = &told["data"]["resolved"]["users"];
    assert_eq!(users[place.grace.to_string()]["username"], "grace");

    let message = place.sim.say(place.general, place.grace, "look");
    place
        .sim
        .run_message_command(place.general, place.ada, "Report", message);
    let told = place.told().await;
    assert_eq!(told["data"]["type"], 3);
    let messages = &told["data"]["resolved"]["messages"];
    assert_eq!(messages[message.to_string()]["content"], "look");
    let gone = MessageId::new(1);
    let refused =
        place.refusal(|sim| sim.run_message_command(place.general, place.ada, "Report", gone));
    assert!(refused.contains("there is no message 1"), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn a_press_comes_with_the_message_that_shows_the_button() {
    let mut place = place().await;
    let shown = place
        .shows(json!([{ "type": 1, "components": [
            { "type": 2, "style": 1, "label": "More", "custom_id": "more" },
            { "type": 2, "style": 1, "label": "Less", "custom_id": "less", "disabled": true },
            { "type": 2, "style": 5, "label": "Read", "url": "https://example.com" },
        ] }]))
        .await;
    place.sim.press(place.general, shown, place.ada, "more");
    let told = place.told().await;
    assert_eq!(told["type"], 3);
    assert_eq!(told["data"]["custom_id"], "more");
    assert_eq!(told["data"]["component_type"], 2);
    assert_eq!(told["message"]["id"], shown.to_string());
    assert_eq!(told["message"]["content"], "choose");
    let press =
        |message, id: &str| place.refusal(|sim| sim.press(place.general, message, place.ada, id));
    assert!(
        press(shown, "none").contains("has no component \"none\": it has [\"more\", \"less\"]")
    );
    assert!(press(shown, "less").contains("is disabled"));
    assert!(press(MessageId::new(1), "more").contains("sees no message 1"));
}

#[tokio::test(start_paused = true)]
async fn selects_take_what_they_offer() {
    let mut place = place().await;
    let select = |kind: u8, id: &str| json!({ "type": 1, "components": [{ "type": kind, "custom_id": id }] });
    let shown = place
        .shows(json!([
            { "type": 1, "components": [{ "type": 3, "custom_id": "kinds", "max_values": 2,
                "options": [
                    { "label": "Green", "value": "green" }, { "label": "Black", "value": "black" },
                ] }] },
            select(5, "users"),
            select(6, "roles"),
            select(7, "anyone"),
            { "type": 1, "components": [
                { "type": 8, "custom_id": "voices", "channel_types": [2] },
            ] },
        ]))
        .await;
    let attic = place.sim.channel("attic");
    let (general, ada, grace) = (place.general, place.ada, place.grace);
    place
        .sim
        .choose(general, shown, ada, "kinds", ["green", "black"]);
    assert_eq!(
        place.told().await["data"]["values"],
        json!(["green", "black"])
    );
    for (name, chosen, kind) in [
        ("users", Chosen::from(grace), "users"),
        ("roles", Chosen::from(place.hosts), "roles"),
        ("anyone", Chosen::from(place.hosts), "roles"),
        ("voices", Chosen::from(attic), "channels"),
    ] {
        place.sim.choose(general, shown, ada, name, [chosen]);
        let data = place.told().await["data"].clone();
        let value = data["values"][0].as_str().unwrap();
        assert!(data["resolved"][kind][value].is_object(), "{name}: {data}");
    }
    let choose = |name: &str, chosen: Vec<Chosen>| {
        place.refusal(|sim| sim.choose(general, shown, ada, name, chosen))
    };
    assert!(choose("kinds", vec!["mud".into()]).contains("cannot be chosen"));
    assert!(choose("kinds", vec![]).contains("takes 1 to 2 choices, not 0"));
    assert!(choose("users", vec![place.hosts.into()]).contains("cannot be chosen"));
    assert!(choose("voices", vec![general.into()]).contains("cannot be chosen"));
}

#[tokio::test(start_paused = true)]
async fn a_modal_is_submitted_as_it_was_shown() {
    let mut place = place().await;
    let asked = place.sim.run_command(place.general, place.ada, "order", []);
    let told = place.told().await;
    let early = [("name", "Ada")];
    let refused = place.refusal(|sim| sim.submit_modal(asked, early));
    assert!(refused.contains("no modal was shown"), "{refused}");
    let modal = json!({ "custom_id": "order", "title": "Your order", "components": [
        { "type": 1, "components": [
            { "type": 4, "custom_id": "name", "label": "Name", "style": 1, "max_length": 10 },
        ] },
        { "type": 18, "label": "Kind", "component":
            { "type": 3, "custom_id": "kind", "options": [{ "label": "Green", "value": "green" }] } },
        { "type": 18, "label": "Wishes", "component":
            { "type": 4, "custom_id": "wishes", "style": 2, "required": false } },
    ] });
    place
        .answer(&told, json!({ "type": 9, "data": modal }))
        .await;
    let kind = || Filled::from(vec![Chosen::from("green")]);
    let fields = [("name", Filled::from("Ada")), ("kind", kind())];
    let sent: InteractionId = place.sim.submit_modal(asked, fields);
    let told = place.told().await;
    assert_eq!(told["id"], sent.to_string());
    assert_eq!(told["type"], 5);
    let data = &told["data"];
    assert_eq!(data["custom_id"], "order");
    let components = data["components"].as_array().unwrap();
    assert_eq!(components[0]["components"][0]["value"], "Ada");
    assert_eq!(components[1]["component"]["values"], json!(["green"]));
    assert_eq!(components[2]["component"]["value"], "");
    let submit = |fields: Vec<(&str, Filled)>| place.refusal(|sim| sim.submit_modal(asked, fields));
    assert!(submit(vec![("kind", kind())]).contains("\"name\" takes 1 to 10 characters, not 0"));
    let long = ("name", Filled::from("Ada, and Ada again"));
    assert!(submit(vec![long, ("kind", kind())]).contains("takes 1 to 10"));
    let unknown = vec![
        ("name", "Ada".into()),
        ("kind", kind()),
        ("milk", "yes".into()),
    ];
    assert!(submit(unknown).contains("has no field \"milk\""));
}

#[tokio::test(start_paused = true)]
async fn a_modal_of_a_button_knows_the_message() {
    let mut place = place().await;
    let button = json!([{ "type": 1, "components": [
        { "type": 2, "style": 1, "label": "Order", "custom_id": "order" },
    ] }]);
    let shown = place.shows(button).await;
    let pressed = place.sim.press(place.general, shown, place.ada, "order");
    let told = place.told().await;
    let modal = json!({ "custom_id": "order", "title": "Order", "components": [
        { "type": 1, "components": [
            { "type": 4, "custom_id": "name", "label": "Name", "style": 1 },
        ] },
    ] });
    place
        .answer(&told, json!({ "type": 9, "data": modal }))
        .await;
    place.sim.submit_modal(pressed, [("name", "Ada")]);
    assert_eq!(place.told().await["message"]["id"], shown.to_string());
}

#[tokio::test(start_paused = true)]
async fn a_command_is_run_by_those_whom_the_guild_lets() {
    let place = place().await;
    let (general, ada, grace) = (place.general, place.ada, place.grace);
    // For who manages the guild, unless the guild decides otherwise.
    let command = json!({
        "name": "tea", "description": "make some", "default_member_permissions": "32",
    });
    place.registers(command).await;
    let application = place.sim.world().application;
    let commands = format!("/applications/{application}/commands");
    let commands = ask(&place.sim, "GET", &commands, Value::Null).await;
    let command = commands[0]["id"].as_str().unwrap();
    let decide = |whose: &str, permissions: Value| {
        let path = format!(
            "/applications/{application}/guilds/{}/commands/{whose}/permissions",
            place.guild
        );
        let owner = place.sim.user("owner");
        let body = json!({ "permissions": permissions });
        place.sim.request_as(owner, "PUT", &path, &body).unwrap();
    };
    let run = |user: UserId| {
        let run = || place.sim.run_command(general, user, "tea", []);
        catch_unwind(AssertUnwindSafe(run)).is_ok()
    };
    place.sim.give_role(place.guild, ada, place.hosts).unwrap();
    assert!(!run(ada) && run(place.sim.user("owner")));
    let hosts = json!({ "id": place.hosts.to_string(), "type": 1, "permission": true });
    decide(command, json!([hosts]));
    assert!(run(ada) && !run(grace));
    let not_ada = json!({ "id": ada.to_string(), "type": 2, "permission": false });
    decide(command, json!([hosts, not_ada]));
    assert!(!run(ada), "who is named goes before what they are");
    let all = json!({ "id": place.guild.to_string(), "type": 1, "permission": true });
    let elsewhere = json!({ "id": general.to_string(), "type": 3, "permission": false });
    decide(command, json!([all]));
    assert!(run(ada) && run(grace));
    decide(&application.to_string(), json!([elsewhere]));
    assert!(!run(grace), "the channel is none for this application");
    let told = place.refusal(|sim| sim.run_command(general, grace, "tea", []));
    assert!(told.contains("the guild does not let user"), "{told}");
    assert!(
        run(place.sim.user("owner")),
        "who administers is let by all"
    );
}
