package jlocal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import jlocal.addons.AddOn;
import jlocal.addons.AddOnPlan;
import jlocal.addons.AddOns;
import jlocal.addons.MailMessage;
import jlocal.addons.MailMessage.Part;
import jlocal.addons.Mailbox;
import jlocal.app.RunningApp;
import jlocal.config.ConfigVars;
import jlocal.dashboard.AddOnSource;
import jlocal.dashboard.Dashboard;
import jlocal.json.JsonFields;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** Shows the add-ons of a running app on its dashboard. */
record AddOnPages(Path root, Map<String, String> environment, Supplier<ConfigVars> vars)
    implements AddOnSource {
  /**
   * The headers for a message's HTML: no scripts, forms or remote content; links open other pages.
   */
  private static final Map<String, String> HARMLESS =
      Map.of(
          "Content-Security-Policy",
          "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:;"
              + " font-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none';"
              + " frame-ancestors 'self'",
          "X-Frame-Options",
          "SAMEORIGIN",
          "X-DNS-Prefetch-Control",
          "off");

  /** Opens the dashboard of an app with its add-ons. */
  static Dashboard dashboard(RunningApp app, Path root) throws IOException {
    return Dashboard.open(app, new AddOnPages(root, System.getenv(), app.inside().configVars()));
  }

  private AddOnPlan plan() throws IOException {
    try {
      return new AddOnPlan(AddOns.of(root), environment);
    } catch (UserError e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Returns the mailbox; null if the app has no mail add-on. */
  private static @Nullable Mailbox mailbox(AddOnPlan plan) {
    for (AddOn each : plan.addOns().all()) {
      if (each.service().isOwn()) return new Mailbox(plan.addOns().data(each));
    }
    return null;
  }

  private Mailbox mailbox() throws IOException {
    Mailbox mailbox = mailbox(plan());
    if (mailbox == null) throw new JsonFields.Malformed("there is no mail add-on");
    return mailbox;
  }

  /** Loads no add-on class if the app has no add-ons. */
  @Override
  public JsonFields summary() {
    try {
      if (new AppAddOns(root, environment).exist()) return summary(plan());
    } catch (IOException _) {
      // The add-ons commands report the error.
    }
    return JsonFields.of("names", List.of(), "has_mail", false, "messages", 0, "newest", "");
  }

  private static JsonFields summary(AddOnPlan plan) throws IOException {
    Mailbox mailbox = mailbox(plan);
    List<String> ids = mailbox == null ? List.of() : mailbox.ids();
    return JsonFields.of(
        "names",
        plan.addOns().all().stream().map(AddOn::name).toList(),
        "has_mail",
        mailbox != null,
        "messages",
        ids.size(),
        "newest",
        ids.isEmpty() ? "" : ids.getFirst());
  }

  @Override
  public void clearMail() throws IOException {
    mailbox().clear();
  }

  @Override
  public @Nullable Document get(String name, String about) throws IOException {
    return switch (name) {
      case "addons" -> Document.json(JsonFields.of("addons", addOns()));
      case "mail" -> Document.json(JsonFields.of("messages", messages()));
      case "message" -> Document.json(details(message(about)));
      case "html" -> html(message(about).html());
      case "attachment" -> attachment(about);
      case "source" -> download("message.eml", Files.readAllBytes(file(about)));
      default -> null;
    };
  }

  private List<JsonFields> addOns() throws IOException {
    AddOnPlan plan = plan();
    return plan.addOns().all().stream()
        .map(it ->
            JsonFields.of(
                "name", it.name(),
                "service", it.service().names().getFirst(),
                "plan", it.plan(),
                "version", it.engine().version(),
                "state", plan.state(it, vars.get()),
                "url", it.variable() + "=" + it.maskedUrl(),
                "bytes", plan.addOns().size(it)))
        .toList();
  }

  private List<JsonFields> messages() throws IOException {
    Mailbox mailbox = mailbox();
    var all = new ArrayList<JsonFields>();
    for (String id : mailbox.ids()) {
      Path file = mailbox.file(id);
      if (!Files.exists(file)) continue; // It has just been deleted to make room.
      MailMessage header = MailMessage.readHeader(file);
      all.add(
          JsonFields.of(
              "id", id,
              "from", header.field("From"),
              "to", header.recipients(),
              "subject", header.field("Subject"),
              "bytes", Files.size(file)));
    }
    return all;
  }

  private Path file(String id) throws IOException {
    try {
      return mailbox().file(id).toRealPath();
    } catch (NoSuchFileException _) {
      throw new JsonFields.Malformed("this message is no longer kept");
    }
  }

  private MailMessage message(String id) throws IOException {
    return MailMessage.read(file(id));
  }

  private static JsonFields details(MailMessage message) {
    var files = new ArrayList<JsonFields>();
    for (int i = 0; i < message.parts().size(); i++) {
      Part part = message.parts().get(i);
      if (!part.isAttachment() && part.type().startsWith("text/")) continue;
      files.add(
          JsonFields.of(
              "number",
              i,
              "name",
              part.name(),
              "type",
              part.type(),
              "bytes",
              part.content().length));
    }
    return JsonFields.of(
        "fields",
        message.fields().stream()
            .map(it -> JsonFields.of("name", it.name(), "value", it.value()))
            .toList(),
        "text",
        message.text(),
        "has_html",
        !message.html().isEmpty(),
        "files",
        files);
  }

  /**
   * Returns the HTML without link elements: they would connect to another host before any content
   * loads.
   */
  private static Document html(String html) {
    String shown = "<!doctype html><base target=_blank>" + html.replaceAll("(?i)<link", "<span");
    return new Document("text/html; charset=utf-8", shown.getBytes(UTF_8), HARMLESS);
  }

  private Document attachment(String about) throws IOException {
    String[] words = about.split("\\.", 2);
    List<Part> parts = message(words[0]).parts();
    int number =
        words.length > 1 && words[1].matches("[0-9]{1,4}") ? Integer.parseInt(words[1]) : -1;
    if (number < 0 || number >= parts.size())
      throw new JsonFields.Malformed("there is no such part");
    Part part = parts.get(number);
    return download(part.name().isEmpty() ? "part-" + number : part.name(), part.content());
  }

  /** Returns a file that the browser saves and never shows, whatever its type. */
  private static Document download(String name, byte[] content) {
    String encoded = URLEncoder.encode(name, UTF_8).replace("+", "%20");
    return new Document(
        "application/octet-stream",
        content,
        Map.of("Content-Disposition", "attachment; filename*=UTF-8''" + encoded));
  }
}
