// Whether the program hears what the page tells it. See ../../connection.py, which minds the connection.

/** Not while the connection is gone, nor before the page was drawn again since: what is told then reaches nobody. */
export function reachable(): boolean {
  const app = document.querySelector<HTMLElement>("[data-testid=stApp]");
  return app?.dataset.testConnectionState === "CONNECTED" && !("nigaoCut" in document.documentElement.dataset);
}
