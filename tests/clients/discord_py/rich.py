"""What a larger bot does, with discord.py's `ext.commands`, views, modals and webhooks. Each command answers "NAME: done"."""

import datetime
import io
import logging
import sys

import discord
from discord import app_commands
from discord.ext import commands

from simulated import TOKEN


class Order(discord.ui.Modal, title="Your order"):
    name = discord.ui.TextInput(label="Name", custom_id="name", max_length=20)
    wish = discord.ui.TextInput(label="Wish", custom_id="wish", style=discord.TextStyle.paragraph, required=False)

    async def on_submit(self, interaction: discord.Interaction):
        await interaction.response.send_message(f"{self.name.value} wishes {self.wish.value}", ephemeral=True)


class Menu(discord.ui.View):
    def __init__(self):
        super().__init__(timeout=None)

    @discord.ui.button(label="Order", custom_id="order", style=discord.ButtonStyle.success)
    async def order(self, interaction: discord.Interaction, _: discord.ui.Button):
        await interaction.response.send_modal(Order(custom_id="order form"))

    @discord.ui.select(custom_id="tea", options=[discord.SelectOption(label=tea) for tea in ("green", "black", "white")], max_values=2)
    async def tea(self, interaction: discord.Interaction, select: discord.ui.Select):
        await interaction.response.edit_message(content="chosen: " + ", ".join(select.values))

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="guest")
    async def guest(self, interaction: discord.Interaction, select: discord.ui.UserSelect):
        assert isinstance(select.values[0], discord.Member)
        await interaction.response.defer()
        await interaction.followup.send("for " + select.values[0].name)

    async def on_error(self, interaction, error, item):
        await bot.on_error(error)


class Bot(commands.Bot):
    failed = False

    async def setup_hook(self):
        self.tree.on_error = self.on_error
        self.add_view(Menu())
        await self.tree.sync()

    async def on_ready(self):
        await discord.utils.get(self.get_all_channels(), name="general").send("ready")

    async def on_error(self, *error):
        logging.getLogger("bot").exception("a handler failed: %s", error)
        self.failed = True
        await self.close()

    async def on_command_error(self, ctx, error):
        logging.getLogger("bot").error("%s failed", ctx.command, exc_info=error)
        self.failed = True
        await self.close()


bot = Bot("!", intents=discord.Intents.all(), help_command=None)


@bot.tree.command()
async def menu(interaction: discord.Interaction):
    """Shows the menu"""
    await interaction.response.send_message("what will it be?", view=Menu())


@bot.tree.command()
async def brew(interaction: discord.Interaction, tea: str, minutes: app_commands.Range[float, 0.5, 10.0], iced: bool = False):
    """Brews a tea"""
    await interaction.response.defer(thinking=True)
    first = await interaction.followup.send(f"{tea} for {minutes} minutes, iced: {iced}", wait=True)
    assert first.id == (await interaction.original_response()).id
    await interaction.followup.send("only for you", ephemeral=True)
    await interaction.edit_original_response(content="ready to drink", embed=discord.Embed(title=tea, colour=0x00AA00))


@brew.autocomplete("tea")
async def teas(interaction: discord.Interaction, current: str):
    return [app_commands.Choice(name=tea, value=tea) for tea in ("green", "grey", "black") if tea.startswith(current)]


group = app_commands.Group(name="shop", description="The shop")


@group.command()
@app_commands.choices(size=[app_commands.Choice(name="small", value=1), app_commands.Choice(name="large", value=2)])
async def buy(interaction: discord.Interaction, size: app_commands.Choice[int], channel: discord.TextChannel, role: discord.Role):
    """Buys a tea"""
    await interaction.response.send_message(f"{size.name} in {channel.name} for {role.name}")


bot.tree.add_command(group)


@bot.tree.context_menu(name="Greet them")
async def greet(interaction: discord.Interaction, member: discord.Member):
    await interaction.response.send_message(f"hello {member.name}")


@bot.tree.context_menu(name="Quote it")
async def quote(interaction: discord.Interaction, message: discord.Message):
    await interaction.response.send_message(f"> {message.content}")


@bot.command()
async def thread(ctx: commands.Context):
    made = await ctx.message.create_thread(name="about tea", auto_archive_duration=60)
    await made.send("first")
    await made.add_user(ctx.author)
    assert ctx.author.id in [member.id for member in await made.fetch_members()]
    await made.edit(archived=True, reason="over")
    alone = await ctx.channel.create_thread(name="by itself", type=discord.ChannelType.public_thread)
    await alone.delete()


@bot.command()
async def webhook(ctx: commands.Context):
    hook = await ctx.channel.create_webhook(name="postman")
    sent = await hook.send("by post", username="the postman", wait=True)
    assert sent.author.name == "the postman" and sent.webhook_id == hook.id
    await sent.edit(content="by express")
    assert (await hook.fetch_message(sent.id)).content == "by express"
    await sent.delete()
    assert hook.id in [known.id for known in await ctx.channel.webhooks()]
    await hook.delete()


@bot.command()
async def upload(ctx: commands.Context):
    embed = discord.Embed(title="a tea", description="hot").set_image(url="attachment://tea.txt").add_field(name="a", value="b")
    files = [discord.File(io.BytesIO(b"green tea"), "tea.txt", description="a tea"), discord.File(io.BytesIO(b"cup"), "cup.bin")]
    sent = await ctx.send("two files", files=files, embed=embed)
    assert [file.filename for file in sent.attachments] == ["tea.txt", "cup.bin"], sent.attachments
    assert sent.attachments[0].size == 9 and sent.attachments[0].description == "a tea"
    edited = await sent.edit(attachments=[sent.attachments[1]])
    assert [file.filename for file in edited.attachments] == ["cup.bin"]


@bot.command()
async def roles(ctx: commands.Context):
    bob = discord.utils.get(ctx.guild.members, name="bob")
    role = await ctx.guild.create_role(name="taster", colour=0x112233, permissions=discord.Permissions(kick_members=True))
    await bob.add_roles(role, reason="he knows")
    await role.edit(name="head taster", hoist=True)
    updated = await ctx.guild.fetch_member(bob.id)
    assert role.id in [held.id for held in updated.roles] and updated.guild_permissions.kick_members
    await bob.remove_roles(role)
    await role.delete()


@bot.command()
async def channels(ctx: commands.Context):
    hidden = {ctx.guild.default_role: discord.PermissionOverwrite(view_channel=False)}
    category = await ctx.guild.create_category("rooms")
    made = await ctx.guild.create_text_channel("cellar", category=category, overwrites=hidden, topic="dark")
    assert not made.permissions_for(ctx.author).view_channel and made.permissions_for(ctx.guild.me).view_channel
    await made.set_permissions(ctx.author, view_channel=True, send_messages=False)
    made = await made.edit(topic="darker", slowmode_delay=5)
    assert made.topic == "darker" and made.overwrites_for(ctx.author).send_messages is False
    invite = await made.create_invite(max_age=60)
    assert invite.code and invite.channel.id == made.id
    await invite.delete()
    await made.delete(reason="flooded")
    await category.delete()


@bot.command()
async def moderate(ctx: commands.Context):
    rude, worse = (discord.utils.get(ctx.guild.members, name=name) for name in ("rude", "worse"))
    await rude.timeout(datetime.timedelta(minutes=5), reason="rude")
    await rude.edit(nick="quiet now")
    assert (await ctx.guild.fetch_member(rude.id)).is_timed_out()
    await rude.kick(reason="rude again")
    await worse.ban(reason="worse", delete_message_seconds=3600)
    assert [entry.user.id async for entry in ctx.guild.bans()] == [worse.id]
    await ctx.guild.unban(worse)
    actions = {entry.action async for entry in ctx.guild.audit_logs(limit=10)}
    assert {discord.AuditLogAction.kick, discord.AuditLogAction.ban, discord.AuditLogAction.unban} <= actions, actions


@bot.command()
async def history(ctx: commands.Context):
    sent = [await ctx.send(f"line {number}") for number in range(3)]
    lines = [message.content async for message in ctx.channel.history(limit=3)]
    assert lines == ["line 2", "line 1", "line 0"], lines
    await sent[0].pin()
    assert [message.id async for message in ctx.channel.pins()] == [sent[0].id]
    await sent[0].unpin()
    async with ctx.typing():
        await ctx.channel.delete_messages(sent[1:])
    await sent[0].add_reaction("\N{TEACUP WITHOUT HANDLE}")
    fetched = await ctx.channel.fetch_message(sent[0].id)
    assert [user.id async for user in fetched.reactions[0].users()] == [ctx.me.id]
    await fetched.clear_reactions()


@bot.command()
async def poll(ctx: commands.Context):
    asked = discord.Poll("Which tea?", datetime.timedelta(hours=1))
    asked.add_answer(text="green", emoji="\N{TEACUP WITHOUT HANDLE}")
    asked.add_answer(text="black")
    sent = await ctx.send(poll=asked)
    assert [answer.text for answer in sent.poll.answers] == ["green", "black"]
    await sent.end_poll()


@bot.command()
async def private(ctx: commands.Context):
    sent = await ctx.author.send("between us")
    assert isinstance(sent.channel, discord.DMChannel) and sent.channel.recipient == ctx.author
    forwarded = await sent.forward(ctx.channel)
    assert forwarded.message_snapshots[0].content == "between us"


@bot.command()
async def plan(ctx: commands.Context):
    start = discord.utils.utcnow() + datetime.timedelta(days=1)
    event = await ctx.guild.create_scheduled_event(
        name="tasting", start_time=start, end_time=start + datetime.timedelta(hours=1), location="here",
        entity_type=discord.EntityType.external, privacy_level=discord.PrivacyLevel.guild_only,
    )
    assert (await ctx.guild.fetch_scheduled_event(event.id)).name == "tasting"
    await event.delete()
    rule = await ctx.guild.create_automod_rule(
        name="no coffee", event_type=discord.AutoModRuleEventType.message_send,
        trigger=discord.AutoModTrigger(keyword_filter=["coffee"]), actions=[discord.AutoModRuleAction()],
    )
    assert rule.trigger.keyword_filter == ["coffee"]
    await rule.delete()


@bot.command()
async def emojis(ctx: commands.Context):
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082"
    )
    made = await ctx.guild.create_custom_emoji(name="cup", image=pixel)
    await ctx.message.add_reaction(made)
    await made.edit(name="mug")
    assert [emoji.name for emoji in await ctx.guild.fetch_emojis()] == ["mug"]
    await made.delete()


@bot.command()
async def quit(ctx: commands.Context):
    await bot.close()


@bot.after_invoke
async def done(ctx: commands.Context):
    if ctx.command is not quit and not ctx.command_failed:
        await ctx.channel.send(f"{ctx.command}: done")


bot.run(TOKEN, log_level=logging.DEBUG)
sys.exit(bot.failed)
