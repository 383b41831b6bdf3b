"""Points discord.py at a simulator: its base URLs, and nothing else."""

import os

import discord
import yarl

discord.http.Route.BASE = os.environ["SIMULATOR_API_URL"]
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["SIMULATOR_GATEWAY_URL"])

TOKEN = os.environ["SIMULATOR_TOKEN"]
