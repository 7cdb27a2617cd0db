package jlocal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jlocal.addons.AddOn;
import jlocal.addons.AddOns;
import jlocal.addons.MailMessage;
import jlocal.addons.Mailbox;
import jlocal.problem.Printable;
import jlocal.problem.UserError;
import jlocal.text.Timestamp;

/** Opens the page with the messages of the mail add-on, or lists them. */
final class AddOnsOpenCommand extends SimpleCommand {
  private static final String OPEN = "--open";

  AddOnsOpenCommand() {
    super("addons:open");
    takes("ADDON", "1");
  }

  @Override
  List<OptionGroup> options() {
    return List.of(
        new OptionGroup("Output", Options.flagOn(OPEN)),
        new OptionGroup("The app", AppOptions.fileOptions()));
  }

  @Override
  int run(Values values, Context context) throws IOException, UserError {
    var addOns = AddOns.of(AppOptions.from(values).files().root());
    AddOn addOn = addOns.named(values.arguments().getFirst());
    if (!addOn.service().isOwn()) {
      throw new UserError(
          addOn.name() + " has no page to open",
          "'jlocal addons:info " + addOn.name() + "' shows its details");
    }
    var client = new AppClient(AppOptions.from(values), context);
    if (values.is(OPEN) && client.isRunning()) {
      return DashboardCommand.open(client, "&view=mail", true, context);
    }
    list(addOns.data(addOn), context);
    return ExitCode.DONE.status();
  }

  private static void list(Path folder, Context context) throws IOException {
    var mailbox = new Mailbox(folder);
    var table = new ArrayList<List<String>>();
    table.add(List.of("TIME", "FROM", "TO", "SUBJECT", "FILE"));
    for (String id : mailbox.ids()) {
      Path file = mailbox.file(id);
      if (!Files.exists(file)) continue; // It has just been deleted to make room.
      MailMessage message = MailMessage.readHeader(file);
      table.add(
          List.of(
              Timestamp.DATE_AND_TIME.of(Instant.ofEpochMilli(Long.parseLong(id))),
              Printable.of(message.field("From")),
              Printable.of(message.recipients()),
              Printable.of(message.field("Subject")),
              file.getFileName().toString()));
    }
    if (table.size() > 1) context.out().table(table);
    else context.err().line("no messages yet");
    context.err().line("the messages are files in " + folder);
  }
}
