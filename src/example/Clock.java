import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** The clock process of Procfile.example: does something every ten seconds. */
public class Clock {
  public static void main(String[] args) throws InterruptedException {
    while (true) {
      System.out.println("it is " + LocalTime.now().truncatedTo(ChronoUnit.SECONDS));
      Thread.sleep(10_000);
    }
  }
}
