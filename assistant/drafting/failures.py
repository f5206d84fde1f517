"""What went wrong at the model service, as one of our errors with sentences that a person can act on."""

from __future__ import annotations

import email.utils
import json
import re
import socket
import ssl
import time
from collections.abc import Iterator

import httpx2
import openai

from assistant.drafting.settings import EndpointSettings
from assistant.errors import (
    EndpointBroken,
    EndpointBusy,
    EndpointError,
    EndpointInterrupted,
    EndpointRejected,
    EndpointTimeout,
    EndpointUnreachable,
)

_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>", re.IGNORECASE)
_MARK = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.IGNORECASE | re.DOTALL)
SHOWN = 160
"""Characters of a service's own message that a sentence repeats."""


class Failures:
    """Translates what the client raises for one endpoint. Never lets the key into a sentence."""

    def __init__(self, settings: EndpointSettings) -> None:
        self._settings = settings
        self._who = f"模型服务 {settings.host}（模型 {settings.model or '未选'}）"

    def translate(self, error: Exception, *, started: bool) -> EndpointError:
        """Our error for one of the client's.

        Args:
            error: an openai, httpx2 or JSON error.
            started: some of the answer, text or thinking, had already come.
        """
        if isinstance(error, openai.APITimeoutError):
            return self._timeout(error, started)
        if isinstance(error, openai.APIStatusError):
            return self._status(error)
        if isinstance(error, (openai.APIConnectionError, httpx2.HTTPError)):
            return self._connection(error, started)
        if isinstance(error, openai.APIError):
            return self.in_stream(error.message, error.body)
        sample = error.doc if isinstance(error, json.JSONDecodeError) else ""
        return self._garbled(sample) if started else self.not_a_completion(sample)

    def _garbled(self, sample: str) -> EndpointError:
        """What came in the middle of a good answer cannot be read."""
        seen = self._clean(sample)
        return EndpointBroken(
            f"{self._who}写到中途，传来的内容读不懂{f'（开头是：{seen}）' if seen else ''}。",
            "请重试一次；若总是这样，请查看该服务的日志或换一个服务。",
        )

    def in_stream(self, message: str, body: object = None) -> EndpointError:
        """An error object that came inside the answer, after a 200."""
        text = self._told(body) or self._clean(message)
        return EndpointBroken(f"{self._who}在生成中途报错：{text}。", "请稍后重试；若总在同一处出错，请换一个模型。")

    def not_a_completion(self, sample: str) -> EndpointError:
        """A 200 whose body is a web page or anything else that is no chat completion."""
        seen = self._clean(sample)
        if _PAGE.match(sample):
            title = self._clean(found[1]) if (found := _TITLE.search(sample)) else ""
            what = f"，而是一个网页{f'（标题：{title}）' if title else ''}"
        else:
            what = f"（开头是：{seen}）" if seen else ""
        return EndpointBroken(
            f"{self._settings.host} 的回答不是模型接口的格式{what}。",
            "多半是接口地址不对（一般以 /v1 结尾），或上网要先登录认证；请核对地址后重试。",
        )

    def _status(self, error: openai.APIStatusError) -> EndpointError:
        status = error.status_code
        told = self._told(error.body)
        said = f"服务方说明：{told}。" if told else ""
        host, model = self._settings.host, self._settings.model
        match status:
            case 401:
                message, way_out = f"{host} 不认可这个密钥（401）。{said}", "密钥不对或已过期，请在设置里重新填写密钥。"
            case 402:
                message, way_out = f"{host} 提示账户余额不足（402）。{said}", "请充值，或换一个模型服务。"
            case 403:
                message = f"{host} 不允许使用模型 {model}（403）。{said}"
                way_out = "请确认该密钥已开通这个模型，且所在网络可以访问该服务。"
            case 404:
                message = f"{host} 上没有这个地址或模型 {model}（404）。{said}"
                way_out = "请核对接口地址（一般以 /v1 结尾）和模型名，可在设置里点“测试”查看可用的模型。"
            case 429:
                wait = self._retry_after(error)
                asked = f"，要求等 {wait:.0f} 秒" if wait is not None else ""
                return EndpointBusy(
                    f"{host} 提示请求太多或额度用完（429）{asked}。{said}",
                    "请稍后再试；若一直如此，请在设置里减少同时起草的章节数，或检查账户额度。",
                    retry_after=wait,
                )
            case 503:
                return EndpointBusy(
                    f"{host} 正忙或模型 {model} 还没有加载好（503）。{said}",
                    "请等一会儿再试。",
                    retry_after=self._retry_after(error),
                )
            case _ if 300 <= status < 400:
                # Followed, it could lead to a host that nobody agreed to.
                message, way_out = (
                    f"{host} 要求转到别的地址（{status}），没有照办。",
                    "请核对接口地址，http 与 https 也要写对。",
                )
            case _ if status >= 500:
                return EndpointBroken(
                    f"{self._who}内部出错（{status}）。{said}",
                    "请稍后重试；若一直如此，请查看该服务的日志或换一个服务。",
                    status=status,
                )
            case _:
                message, way_out = f"{self._who}不接受这次请求（{status}）。{said}", self._refusal_way_out(told)
        return EndpointRejected(message, way_out, status=status)

    def _refusal_way_out(self, told: str) -> str:
        words = told.lower()
        if "context" in words or "too long" in words or "maximum" in words or "长度" in words:
            return "内容超过了模型一次能读的长度，请减少这一节的事实或换上下文更长的模型。"
        if "temperature" in words:
            return "该模型不能指定随机程度，请在设置里把“随机程度”改为“不指定”。"
        if "think" in words or "reasoning" in words:
            return "该模型不支持思考开关，请在设置里把“思考”改为“不指定”。"
        return "请核对设置里的服务类型和模型名；若说明提到某个参数，请按说明调整。"

    def _timeout(self, error: openai.APITimeoutError, started: bool) -> EndpointError:
        if any(isinstance(link, (httpx2.ConnectTimeout, httpx2.PoolTimeout)) for link in _chain(error)):
            return EndpointUnreachable(
                f"{self._settings.connect_timeout:g} 秒内没能连上 {self._settings.host}。",
                "请检查网络、地址和端口，并确认该服务已经启动。",
            )
        when = "中途停住，" if started else ""
        return EndpointTimeout(
            f"{self._who}{when}{self._settings.read_timeout:g} 秒没有任何回音。",
            "请稍后重试；模型较大、机器较慢时，可在设置里把“等待回音”调长，或换小一些的模型。",
        )

    def _connection(self, error: Exception, started: bool) -> EndpointError:
        host, links = self._settings.host, list(_chain(error))
        if started:
            return EndpointInterrupted(f"与 {host} 的连接中途断开。", "请检查网络，确认服务还在运行后再试。")
        if any(isinstance(link, socket.gaierror) for link in links):
            return EndpointUnreachable(f"找不到主机 {host}。", "请核对接口地址的拼写，并检查网络和域名解析。")
        if any(isinstance(link, ConnectionRefusedError) for link in links):
            if self._settings.is_local:
                return EndpointUnreachable(f"{host} 上没有服务在运行（连接被拒绝）。", "请先启动模型服务，并核对端口。")
            return EndpointUnreachable(f"{host} 拒绝连接。", "请核对地址和端口，并检查防火墙。")
        if any(isinstance(link, ssl.SSLError) for link in links):
            return EndpointUnreachable(
                f"与 {host} 建立加密连接失败。", "请核对地址应为 http 还是 https，并检查证书和系统时间。"
            )
        return EndpointUnreachable(f"与 {host} 的连接没有成功。", "请检查网络和代理设置，并确认该服务已经启动。")

    def _retry_after(self, error: openai.APIStatusError) -> float | None:
        """Seconds that the service asked to wait; an HTTP date is turned into seconds from now.

        From the service's now, where it tells it: a clock of this machine that was set otherwise has no say.
        """
        value = error.response.headers.get("retry-after", "").strip()
        if value.replace(".", "", 1).isdigit():
            return float(value)
        until, now = _moment(value), _moment(error.response.headers.get("date", ""))
        return None if until is None else max(0.0, until - (time.time() if now is None else now))

    def _told(self, body: object) -> str:
        """The service's own message out of an error body of any of the usual shapes."""
        while isinstance(body, dict):
            body = body.get("error") or body.get("message") or body.get("detail") or body.get("msg")
        return self._clean(_words(body)) if isinstance(body, str) else ""

    def _clean(self, text: str) -> str:
        secret = self._settings.api_key.get_secret_value()
        if secret:
            text = text.replace(secret, "***")
        text = " ".join(text.split()).rstrip("。.")
        return text if len(text) <= SHOWN else f"{text[:SHOWN]}……"

    def leaks_key(self, error: Exception) -> bool:
        """Whether the error's own text repeats the key, so that it must not be chained into a traceback."""
        secret = self._settings.api_key.get_secret_value()
        return bool(secret) and any(secret in str(link) for link in _chain(error))


def _words(body: str) -> str:
    """What a page of a proxy in between says, without its marks; any other text as it is."""
    if not _PAGE.match(body):
        return body
    title = _TITLE.search(body)
    return title[1] if title and title[1].strip() else _MARK.sub(" ", body)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, its causes, and the members of groups among them (each address tried is one)."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        link = waiting.pop()
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting += [link.__cause__, link.__context__]
        if isinstance(link, BaseExceptionGroup):
            waiting += link.exceptions


def _moment(value: str) -> float | None:
    """An HTTP date as seconds since 1970; None for anything else."""
    parsed = email.utils.parsedate_tz(value.strip())
    return None if parsed is None else float(email.utils.mktime_tz(parsed))
