package jlocal.addons;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.os.PrivateFiles;
import jlocal.os.Shell;
import jlocal.os.Signal;

/** A mail server that keeps the app's messages: {@link MailServer}. */
final class Mail implements AddOnService.Server {
  private static final String USER = "app";
  private static final byte[] QUIT = "QUIT\r\n".getBytes(StandardCharsets.US_ASCII);

  /** The command of a mostly idle JVM, whatever the caller's locale and Java options. */
  private static final String JAVA =
      "env -uJAVA_TOOL_OPTIONS -uJDK_JAVA_OPTIONS -u_JAVA_OPTIONS LC_ALL=C.UTF-8"
          + " java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx32m -Xss512k -cp ";

  static AddOnService service(String... names) {
    return new AddOnService(
        List.of(names),
        "mail",
        "Mail",
        "SMTP",
        AddOnService.Programs.NONE,
        List.of(),
        Signal.TERM,
        new Mail());
  }

  @Override
  public void make(AddOn addOn, Path data) throws IOException {
    Path file = Files.createFile(data.resolve(MailServer.PASSWORD), PrivateFiles.FILE);
    Files.writeString(file, addOn.password());
  }

  @Override
  public String command(AddOn addOn) {
    String main = MailServer.class.getName();
    return JAVA + Shell.quoted(classes()) + " " + main + " --port " + addOn.port();
  }

  /** Returns the jar of jlocal, or the folder of its classes. */
  private static String classes() {
    try {
      var source = MailServer.class.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(source.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean answers(AddOn addOn) {
    return AddOnService.ask(addOn.port(), QUIT).startsWith("220");
  }

  @Override
  public String content(Path data) throws IOException {
    int count = new Mailbox(data).ids().size();
    return count + (count == 1 ? " message" : " messages");
  }

  /** Returns the usual names, which are Heroku's for MAILTRAP and SENDGRID. */
  @Override
  public SequencedMap<String, String> variables(AddOn addOn) {
    String place = "127.0.0.1:" + addOn.port();
    var all = new LinkedHashMap<String, String>();
    all.put(
        addOn.attachment() + "_URL", "smtp://%s:%s@%s".formatted(USER, addOn.password(), place));
    if (!addOn.attachment().equals("SMTP")) return all;
    boolean isSendGrid = addOn.service().names().contains("sendgrid");
    for (String each : List.of("SMTP", isSendGrid ? "SENDGRID" : "MAILTRAP", "SPRING_MAIL")) {
      all.put(each + "_HOST", "127.0.0.1");
      all.put(each + "_PORT", "" + addOn.port());
      all.put(each + "_USERNAME", USER);
      all.put(each + "_PASSWORD", addOn.password());
    }
    if (!isSendGrid) all.put("MAILTRAP_USER_NAME", USER);
    return all;
  }
}
