package jlocal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Limits the size of files, methods and parameter lists. */
class SizeTest {
  private static final int FILE = 300;
  private static final int METHOD = 40;
  private static final int PARAMETERS = 5;

  @Test
  void nothing_has_grown_too_large() throws IOException {
    var tooLarge = new ArrayList<String>();
    var files = sources();
    for (Path file : files) {
      long lines = Files.readAllLines(file).size();
      if (lines > FILE) tooLarge.add(file + " has " + lines + " lines, over " + FILE);
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(files);
      var task = (JavacTask) compiler.getTask(null, manager, null, null, null, units);
      for (CompilationUnitTree unit : task.parse()) {
        new Measure(Trees.instance(task), unit, tooLarge).scan(unit, null);
      }
    }
    assertThat(files).isNotEmpty();
    assertThat(tooLarge).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (var all = Files.walk(Path.of("src"))) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static final class Measure extends TreePathScanner<Void, Void> {
    private final Trees trees;
    private final CompilationUnitTree unit;
    private final List<String> tooLarge;

    Measure(Trees trees, CompilationUnitTree unit, List<String> tooLarge) {
      this.trees = trees;
      this.unit = unit;
      this.tooLarge = tooLarge;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      var positions = trees.getSourcePositions();
      long from = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
      long to = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
      String where = unit.getSourceFile().getName() + ":" + from + " " + method.getName();
      if (to - from + 1 > METHOD) tooLarge.add(where + " has " + (to - from + 1) + " lines");
      if (method.getParameters().size() > PARAMETERS) tooLarge.add(where + ": parameters");
      return super.visitMethod(method, null);
    }
  }
}
