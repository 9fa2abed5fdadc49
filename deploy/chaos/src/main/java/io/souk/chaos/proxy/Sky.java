package io.souk.chaos.proxy;

/** The weather over one proxy's connections, for which those that it holds back can wait. */
final class Sky {
    private Weather weather = new Weather.Clear();

    synchronized Weather now() {
        return weather;
    }

    synchronized void turn(Weather next) {
        weather = next;
        notifyAll();
    }

    /** Comes back when what flows in this direction may go on, and says under which weather. */
    synchronized Weather awaitPassage(Weather.Direction flow) throws InterruptedException {
        while (weather instanceof Weather.Silent(var held) && (held == flow || held == Weather.Direction.BOTH)) {
            wait();
        }
        return weather;
    }
}
