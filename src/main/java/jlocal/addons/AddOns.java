package jlocal.addons;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;
import jlocal.os.Ports;
import jlocal.os.PrivateFiles;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/**
 * The add-ons of one app, in a folder of the app that git ignores: a file that describes them, and
 * the data of each.
 */
public final class AddOns {
  /** The name of the folder, in the app's. */
  public static final String FOLDER = ".jlocal-addons";

  /** The file that describes the add-ons, in the app's folder. It contains their passwords. */
  public static final String FILE = FOLDER + "/addons.json";

  /** In a git worktree: a link to the main checkout, whose add-ons it shares. */
  public static final String SHARED = FOLDER + "/shared";

  private static final List<String> COLOURS =
      List.of(
          "AMBER", "AQUA", "BLUE", "BRONZE", "COBALT", "COPPER", "CRIMSON", "CYAN", "GOLD", "GREEN",
          "IVORY", "JADE", "MAUVE", "NAVY", "OLIVE", "ORANGE", "PINK", "PUCE", "ROSE", "SILVER",
          "TEAL", "VIOLET", "YELLOW");

  private static final String SET_UP = "set-up";
  private static final int FIRST_PORT = 21_000;
  private static final int PORTS = 8000;

  private final Path root;
  private final List<AddOn> all = new ArrayList<>();

  private AddOns(Path root) {
    this.root = root;
  }

  /** Returns the add-ons of the app in a folder, or those it shares. */
  public static AddOns of(Path app) throws UserError {
    var addOns = new AddOns(owner(app.toAbsolutePath().normalize()));
    Path file = addOns.root.resolve(FILE);
    try {
      var read = JsonFields.read(Files.readString(file));
      for (JsonFields one : read.objects("addons")) addOns.all.add(AddOn.of(one));
    } catch (NoSuchFileException _) {
      return addOns;
    } catch (IOException | JsonFields.Malformed e) {
      throw new UserError(
          Problem.error(FILE, 0, "cannot be read: " + e.getMessage())
              .hint("the data of the add-ons are in the same folder"));
    }
    return addOns;
  }

  private static Path owner(Path app) throws UserError {
    Path link = app.resolve(SHARED);
    try {
      return Files.exists(link) ? Files.readSymbolicLink(link) : app;
    } catch (IOException e) {
      throw new UserError(Problem.error(SHARED, 0, "cannot be read: " + e.getMessage()));
    }
  }

  /** Shares the add-ons of the main checkout with a worktree that has none. */
  public static void share(Path worktree, Path main) throws IOException {
    new AddOns(worktree).makeFolder();
    Files.createSymbolicLink(worktree.resolve(SHARED), main);
  }

  /** Returns the folder of the app that owns them. */
  public Path root() {
    return root;
  }

  /** Returns the app's own add-ons; shared ones are changed only in their own folder. */
  public static AddOns own(Path app) throws UserError {
    AddOns addOns = of(app);
    if (!Files.exists(app.resolve(SHARED))) return addOns;
    throw new UserError(
        "this worktree shares the add-ons of " + addOns.root,
        "type it there, or delete " + SHARED + " to have others here");
  }

  public List<AddOn> all() {
    return List.copyOf(all);
  }

  /** Returns the data folder of an add-on. */
  public Path data(AddOn addOn) {
    return folder().resolve(addOn.name());
  }

  private Path folder() {
    return root.resolve(FOLDER);
  }

  /**
   * Finds an add-on.
   *
   * @param typed its name, one of its variables, or its service
   */
  public AddOn named(String typed) throws UserError {
    for (AddOn each : all) {
      boolean isIt =
          each.name().equals(typed)
              || each.attachment().equals(typed)
              || each.variables().containsKey(typed);
      if (isIt) return each;
    }
    for (AddOn each : all) if (each.service().names().contains(typed)) return each;
    List<String> names = all.stream().map(AddOn::name).toList();
    throw new UserError(
        "there is no add-on '" + Printable.of(typed) + "'" + Nearest.hint(typed, names),
        "'jlocal addons' lists them");
  }

  /**
   * Creates an add-on with its data, without running it.
   *
   * @param isTaken whether a process type has that name
   */
  public AddOn create(AppJson.Wanted wanted, InstalledServer engine, Predicate<String> isTaken)
      throws IOException, UserError {
    AddOnService service = AddOnService.named(wanted.service());
    String name = service.type();
    for (int n = 2; has(name) || isTaken.test(name); n++) name = service.type() + "-" + n;
    String colour = colour(name);
    String usual = service.attachment();
    String other = "HEROKU_" + service.product().toUpperCase(Locale.ROOT) + "_" + colour;
    String own = wanted.attachment();
    if (own.isEmpty()) own = isAttached(usual) ? other : usual;
    if (isAttached(own)) {
      throw new UserError(Problem.error("there is an add-on for " + own + " already"));
    }
    String second = own.equals(usual) ? colour : "";
    int port = port(name);
    var addOn = new AddOn(name, service, wanted.plan(), own, second, port, secret(), engine);
    makeFolder();
    makeData(addOn);
    all.add(addOn);
    save();
    return addOn;
  }

  private boolean has(String name) {
    return all.stream().anyMatch(it -> it.name().equals(name));
  }

  private boolean isAttached(String attachment) {
    return all.stream().anyMatch(it -> it.attachment().equals(attachment));
  }

  private String colour(String name) {
    return COLOURS.get(Math.floorMod((root + name).hashCode(), COLOURS.size()));
  }

  /** Returns a free port, the same for an app as long as no other program uses it. */
  int port(String name) {
    int start = Math.floorMod((root + "/" + name).hashCode(), PORTS);
    for (int i = 0; i < PORTS; i++) {
      int port = FIRST_PORT + (start + i) % PORTS;
      boolean isOurs = all.stream().anyMatch(it -> it.port() == port);
      if (!isOurs && Ports.isFree(port)) return port;
    }
    return FIRST_PORT;
  }

  /** Returns 128 random bits. */
  static String secret() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private void makeFolder() throws IOException {
    PrivateFiles.createFolders(folder());
    Path ignore = folder().resolve(".gitignore");
    if (!Files.exists(ignore)) Files.writeString(ignore, "*\n");
  }

  /** Whether the requests of app.json were fulfilled or declined. */
  public boolean isSetUp() {
    return Files.exists(folder().resolve(SET_UP));
  }

  /** Records that they were. */
  public void setUp() throws IOException {
    makeFolder();
    Files.writeString(folder().resolve(SET_UP), "");
  }

  /** Creates the data completely or not at all. */
  private void makeData(AddOn addOn) throws IOException, UserError {
    Path draft = folder().resolve(addOn.name() + ".new");
    delete(draft);
    try {
      PrivateFiles.createFolders(draft);
      OtherUser.open(folder(), draft, addOn.engine().user());
      addOn.service().server().make(addOn, draft);
      Files.move(draft, data(addOn), StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      String why = e.getReason() == null ? String.valueOf(e.getMessage()) : e.getReason();
      throw new UserError(cannot(addOn, e.getFile() + ": " + why));
    } catch (IOException e) {
      throw new UserError(cannot(addOn, String.valueOf(e.getMessage())));
    } finally {
      delete(draft);
    }
  }

  private static Problem cannot(AddOn addOn, String why) {
    return Problem.error("cannot make " + addOn.name() + ": " + why);
  }

  /** Recreates its initial data; it must not be running. */
  public void reset(AddOn addOn) throws IOException, UserError {
    delete(data(addOn));
    makeData(addOn);
  }

  /** Removes an add-on; its data remain until {@link #deleteData}. */
  public void remove(AddOn addOn) throws IOException {
    all.remove(addOn);
    save();
  }

  /** Deletes the data of a removed add-on that is not running. */
  public void deleteData(AddOn addOn) throws IOException {
    delete(data(addOn));
    if (all.isEmpty()) delete(folder());
  }

  /** Replaces the state of an add-on. */
  void replace(AddOn addOn) throws IOException {
    all.replaceAll(it -> it.name().equals(addOn.name()) ? addOn : it);
    save();
  }

  private void save() throws IOException {
    Path draft = folder().resolve("addons.new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, PrivateFiles.FILE);
    var fields = JsonFields.of("addons", all.stream().map(AddOn::fields).toList());
    Files.writeString(draft, JsonWriter.write(fields) + "\n");
    Files.move(draft, root.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList().reversed()) Files.delete(file);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Returns the size of its data in bytes. */
  public long size(AddOn addOn) {
    try (Stream<Path> files = Files.walk(data(addOn))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException _) {
      return 0; // Files come and go while it runs.
    }
  }

  /** Returns the lock for running the servers. */
  public AddOnsLock lock() {
    return new AddOnsLock(folder().resolve("lock"));
  }
}
