package jlocal.procfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jlocal.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcfileReaderTest {
  @TempDir Path folder;

  private Problem onlyProblem(String name) {
    var reading = ProcfileReader.read(folder.resolve(name), name);
    assertThat(reading.value().entries()).isEmpty();
    assertThat(reading.problems()).hasSize(1);
    return reading.problems().getFirst();
  }

  private void write(String name) throws IOException {
    Files.writeString(folder.resolve(name), "web: node x");
  }

  @Test
  void a_file_is_read() throws IOException {
    write("Procfile");
    var reading = ProcfileReader.read(folder.resolve("Procfile"), "Procfile");
    assertThat(reading.value().entries())
        .containsExactly(java.util.Map.entry(ProcessType.WEB, new Procfile.Command("node x")));
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void a_missing_file_says_where_it_was_looked_for() {
    assertThat(onlyProblem("Procfile"))
        .hasToString(
            "Procfile: error: no such file (looked in "
                + folder.toAbsolutePath()
                + "); try -f FILE, or  jlocal run CMD");
  }

  @Test
  void procfile_dev_is_suggested() throws IOException {
    write("Procfile.aaa");
    write("Procfile.dev");
    write("Procfile.zzz");
    assertThat(onlyProblem("Procfile").toString())
        .endsWith("\n   hint: Procfile.dev exists; did you mean  jlocal start -f Procfile.dev ?");
  }

  @Test
  void a_name_in_another_case_is_suggested() throws IOException {
    write("procFile");
    assertThat(onlyProblem("Procfile").hint())
        .isEqualTo("procFile exists; did you mean  jlocal start -f procFile ?");
  }

  @Test
  void a_suggestion_is_named_as_the_user_would() throws IOException {
    write("Procfile.dev");
    var reading = ProcfileReader.read(folder.resolve("Procfile"), "../app/Procfile");
    assertThat(reading.problems().getFirst().hint())
        .isEqualTo(
            "../app/Procfile.dev exists; did you mean  jlocal start -f ../app/Procfile.dev ?");
  }

  @Test
  void other_files_and_folders_are_not_suggested() throws IOException {
    write("Procfile2");
    Files.createDirectory(folder.resolve("Procfile.d"));
    assertThat(onlyProblem("Procfile").hint()).isNull();
  }

  @Test
  void a_missing_folder_is_a_missing_file() {
    var reading = ProcfileReader.read(folder.resolve("no/Procfile"), "no/Procfile");
    assertThat(reading.problems().getFirst().toString())
        .startsWith("no/Procfile: error: no such file (looked in ");
    assertThat(reading.problems().getFirst().hint()).endsWith("/no' is not a folder");
  }

  @Test
  void a_directory_is_an_error() throws IOException {
    Files.createDirectory(folder.resolve("Procfile"));
    assertThat(onlyProblem("Procfile")).hasToString("Procfile: error: is a directory, not a file");
  }

  @Test
  void a_file_that_is_not_text_is_an_error() throws IOException {
    Files.write(folder.resolve("Procfile"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'w', 0});
    assertThat(onlyProblem("Procfile"))
        .hasToString("Procfile:1: error: the file is UTF-16; save it as UTF-8");
  }
}
