package jlocal.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import jlocal.Await;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** A browser without a window. */
final class Chromium implements AutoCloseable {
  private static final File BINARY = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  /** A strong reference, without which the logger would lose its level. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  Chromium() {
    assumeTrue(
        BINARY.canExecute() && DRIVER.canExecute(),
        "the dashboard is not tested in a browser: apt-get install chromium chromium-driver");
    SELENIUM.setLevel(Level.SEVERE);
    var options = new ChromeOptions();
    options.setBinary(BINARY);
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
  }

  Chromium open(String address) {
    driver.get(address);
    return this;
  }

  String address() {
    return String.valueOf(driver.getCurrentUrl());
  }

  Chromium size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
    return this;
  }

  Chromium scheme(String name) {
    var feature = Map.<String, Object>of("name", "prefers-color-scheme", "value", name);
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    return this;
  }

  /** The value of an expression as text. */
  String value(String expression) {
    try {
      return String.valueOf(driver.executeScript("return (" + expression + ")"));
    } catch (WebDriverException e) {
      return "no value: " + e.getMessage(); // Between two pages, for one.
    }
  }

  /** The visible text of an element. */
  String text(String selector) {
    return value("document.querySelector('%s')?.innerText ?? ''".formatted(selector));
  }

  /** Waits until an element contains a text. */
  Chromium until(String selector, String text) {
    Await.until(
        "'" + text + "' in " + selector, () -> text(selector).contains(text), () -> text("body"));
    return this;
  }

  /** Waits until an expression is true. */
  Chromium untilTrue(String expression) {
    Await.until(expression, () -> value(expression).equals("true"), () -> text("body"));
    return this;
  }

  Chromium click(String selector) {
    untilTrue("document.querySelector('%s') !== null".formatted(selector));
    driver.executeScript("document.querySelector(arguments[0]).click()", selector);
    return this;
  }

  /** Types on the keyboard, whatever has the focus. */
  Chromium keys(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
    return this;
  }

  /** The text and the colour of an element in a frame, which may not run scripts. */
  String frame(String frame, String selector) {
    driver.switchTo().frame(driver.findElement(By.cssSelector(frame)));
    try {
      var element = driver.findElement(By.cssSelector(selector));
      return element.getText() + " " + element.getCssValue("color");
    } finally {
      driver.switchTo().defaultContent();
    }
  }

  /** Saves downloads to a folder from now on. */
  Chromium downloadsTo(Path folder) {
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString()));
    return this;
  }

  /** The serious findings of axe: rules and elements. */
  String seriousFindings() throws IOException {
    try (InputStream axe = Chromium.class.getResourceAsStream(AXE)) {
      byte[] script = Objects.requireNonNull(axe).readAllBytes();
      driver.executeScript(new String(script, StandardCharsets.UTF_8));
    }
    return String.valueOf(
        driver.executeAsyncScript(
            """
            const done = arguments[0];
            axe.run({resultTypes: ['violations']}).then(found => done(found.violations
              .filter(each => ['serious', 'critical'].includes(each.impact))
              .map(each => each.id + ' ' + each.nodes.map(node => node.html).slice(0, 3).join(' ')).join('; ')));
            """));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
