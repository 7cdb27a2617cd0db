import java.io.BufferedOutputStream;
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
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar with its oldest class files brought up to date. picocli is compiled for Java 5, and no
 * cache of loaded classes can hold what is older than Java 6: without this every start parses and
 * verifies some 140 classes again. Nor does picocli look for Groovy any more: to find out that it is
 * not there, each start would open the jar and read the names of all that is in it. The copy appears
 * whole or not at all.
 *
 * <p>Run by the build: {@code java PrepareClasses.java FROM.jar TO.jar}
 */
class PrepareClasses {
  private static final int OLDEST_TO_KEEP = 50;
  private static final int JAVA_17 = 61;

  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    Path to = Path.of(args[1]);
    Path unfinished = to.resolveSibling(to.getFileName() + ".tmp");
    try (var loader = new URLClassLoader(new URL[] {from.toUri().toURL()});
        var in = new ZipFile(from.toFile());
        var out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
      ClassFile classes = classes(loader);
      for (ZipEntry entry : in.stream().toList()) {
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        var copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(prepared(classes, entry, bytes));
        out.closeEntry();
      }
    }
    Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
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
