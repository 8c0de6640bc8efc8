package dev.leat.mill;

import dev.leat.model.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mill in a process of its own that stops dead at a boundary and waits there to be killed. Says
 * {@code READY way nanos} when its tables answer, {@code AT boundary} when it has stopped.
 */
final class CrashVictim {
  private CrashVictim() {}

  /**
   * @param args the project folder; the boundary, or NONE; how many times to pass it before
   */
  public static void main(String[] args) throws InterruptedException {
    AtomicInteger left = new AtomicInteger(Integer.parseInt(args[2]));
    Boundary.Watch watch =
        boundary -> {
          if (boundary.name().equals(args[1]) && left.getAndDecrement() <= 0) {
            say("AT " + boundary);
            sleepForGood();
          }
        };
    MillOptions options =
        MillOptions.DEFAULT.withWatch(watch).withSnapshotEvery(Duration.ofMillis(300));
    Project project = Folders.read(Path.of(args[0]));
    try (Workspace workspace = Workspace.open(project, options);
        Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
      mill.start();
      say("READY " + mill.recoveredBy());
      System.in.read(); // the parent closes it to end this process in good order
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    say("DONE");
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static void sleepForGood() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
