"""A browser without a window for tests."""

import shutil
from pathlib import Path

from selenium import webdriver

from commands import need

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def start_browser(folder: Path, **logs: str) -> webdriver.Chrome:
    """Starts Chromium; skips the test where there is none.

    Args:
        folder: an empty folder for the browser's own files.
        logs: names of the logs to keep, such as browser or performance, and their levels.
    """
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    remedy = "Install them: apt-get install chromium chromium-driver fonts-noto-cjk"
    need(bool(chromium and driver), "Chromium or its driver", remedy)
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", logs)
    for flag in (*FLAGS, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    return webdriver.Chrome(options, webdriver.ChromeService(driver))


def set_screen(browser: webdriver.Chrome, width: int, height: int) -> None:
    """Makes the page as large as this, in pixels."""
    screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
