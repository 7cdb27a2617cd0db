import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar with its oldest class files brought up to date, and makes a second one that holds only
 * a manifest and names the first as its class path. picocli is compiled for Java 5, and no
 * cache of loaded classes can hold what is older than Java 6: without this every start parses and
 * verifies some 140 classes again. Nor does picocli look for Groovy any more: to find out that it is
 * not there, each start would open the jar and read the names of all that is in it, 4,000, as {@code
 * java -jar} does for its manifest: hence the second jar. The copies appear whole or not at all.
 *
 * <p>Run by the build: {@code java PrepareClasses.java FROM.jar TO.jar MANIFEST.jar}
 */
class PrepareClasses {
  private static final int OLDEST_TO_KEEP = 50;
  private static final int JAVA_17 = 61;

  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    Path to = Path.of(args[1]);
    try (var loader = new URLClassLoader(new URL[] {from.toUri().toURL()});
        var in = new ZipFile(from.toFile())) {
      ClassFile classes = classes(loader);
      write(Path.of(args[2]), out -> copyManifest(in, to, out));
      write(to, out -> copyAll(in, classes, out));
    }
  }

  private interface Writing {
    void to(ZipOutputStream out) throws IOException;
  }

  private static void write(Path to, Writing writing) throws IOException {
    Path unfinished = to.resolveSibling(to.getFileName() + ".tmp");
    try (var out =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
      writing.to(out);
    }
    Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void copyManifest(ZipFile in, Path classPath, ZipOutputStream out)
      throws IOException {
    ZipEntry entry = in.getEntry(JarFile.MANIFEST_NAME);
    var manifest = new Manifest(in.getInputStream(entry));
    String name = classPath.getFileName().toString();
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, name);
    var bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    write(entry, bytes.toByteArray(), out);
  }

  private static void copyAll(ZipFile in, ClassFile classes, ZipOutputStream out)
      throws IOException {
    for (ZipEntry entry : in.stream().toList()) {
      byte[] bytes = in.getInputStream(entry).readAllBytes();
      write(entry, prepared(classes, entry, bytes), out);
    }
  }

  private static void write(ZipEntry entry, byte[] bytes, ZipOutputStream out) throws IOException {
    var copy = new ZipEntry(entry.getName());
    copy.setTime(entry.getTime());
    out.putNextEntry(copy);
    out.write(bytes);
    out.closeEntry();
  }

  private static ClassFile classes(ClassLoader loader) {
    var known =
        ClassHierarchyResolver.defaultResolver()
            .orElse(ClassHierarchyResolver.ofResourceParsing(loader));
    return ClassFile.of(
        StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(known));
  }

  private static byte[] prepared(ClassFile classes, ZipEntry entry, byte[] bytes) {
    if (isOld(entry, bytes)) return upgraded(classes, bytes);
    boolean isOurs = entry.getName().startsWith("jlocal/") && entry.getName().endsWith(".class");
    return isOurs ? TypeSwitches.writtenOut(classes, bytes) : bytes;
  }

  /** Bytes 6 and 7 of a class file are its major version; JVMS 4.1. */
  private static boolean isOld(ZipEntry entry, byte[] bytes) {
    return entry.getName().endsWith(".class")
        && ((bytes[6] & 0xff) << 8 | bytes[7] & 0xff) < OLDEST_TO_KEEP;
  }

  /** Method bodies are built anew, so that they get the stack maps newer versions must have. */
  private static byte[] upgraded(ClassFile classes, byte[] bytes) {
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) builder.withVersion(JAVA_17, 0);
          else builder.with(element);
        };
    var bodies = ClassTransform.transformingMethodBodies((code, element) -> code.with(element));
    return classes.transformClass(
        classes.parse(bytes), version.andThen(bodies).andThen(withoutGroovy()));
  }

  private static ClassTransform withoutGroovy() {
    return ClassTransform.transformingMethods(
        method -> method.methodName().equalsString("loadClosureClass"),
        (method, element) -> {
          if (element instanceof CodeModel) method.withCode(code -> code.aconst_null().areturn());
          else method.with(element);
        });
  }
}
