//! How to point a library at a simulator.

use std::io::{self, Write};

use polycord_simulator::Simulator;

/// Where everything is, and what to set in which library.
pub(super) fn tell(out: &mut dyn Write, sim: &Simulator, ca: Option<&str>) -> io::Result<()> {
    let (api, gateway, token) = (sim.api_url(), sim.gateway_url(), sim.token());
    let root = api.strip_suffix("/api/v10").unwrap_or(api);
    let host = root.split_once("://").map_or(root, |(_, host)| host);
    let plain = ca.is_none();
    writeln!(out, "REST      {api}")?;
    writeln!(out, "gateway   {gateway}")?;
    writeln!(out, "token     {token}")?;
    if let Some(ca) = ca {
        writeln!(out, "trust     {ca}")?;
    }
    writeln!(out, "\npolycord    in the environment")?;
    writeln!(out, "    DISCORD_TOKEN={token}")?;
    writeln!(out, "    POLYCORD_API_URL={api}")?;
    writeln!(out, "    POLYCORD_GATEWAY_URL={gateway}")?;
    if let Some(ca) = ca {
        writeln!(out, "    POLYCORD_CA_FILE={ca}")?;
    }
    writeln!(out, "discord.py  before the client is made")?;
    writeln!(out, "    discord.http.Route.BASE = \"{api}\"")?;
    writeln!(
        out,
        "    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(\"{gateway}/\")"
    )?;
    writeln!(out, "discord.js")?;
    writeln!(
        out,
        "    new Client({{ intents, rest: {{ api: \"{root}/api\" }} }})"
    )?;
    writeln!(out, "serenity")?;
    writeln!(
        out,
        "    let http = HttpBuilder::new(\"{token}\").proxy(\"{root}\").build();"
    )?;
    writeln!(out, "    ClientBuilder::new_with_http(http, intents)")?;
    writeln!(out, "twilight")?;
    writeln!(
        out,
        "    twilight_http::Client::builder().token(token).proxy(\"{host}\".to_owned(), {plain})"
    )?;
    writeln!(
        out,
        "    twilight_gateway::ConfigBuilder::new(token, intents).proxy_url(\"{gateway}\".to_owned())"
    )?;
    if let Some(ca) = ca {
        writeln!(
            out,
            "Each of them has to trust {ca}; where a library takes no authority of its own,"
        )?;
        writeln!(
            out,
            "try SSL_CERT_FILE={ca} (discord.py) or NODE_EXTRA_CA_CERTS={ca} (discord.js)."
        )?;
    }
    Ok(())
}
