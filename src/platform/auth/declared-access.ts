import { Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS, type AccessRule } from './access';

type Handler = (...parameters: unknown[]) => unknown;

/** Refuses to start with a route of which nobody said who may use it: forgotten, it would stand open or be of no use. */
@Injectable()
export class DeclaredAccess implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** Throws with every such route at once. */
  onModuleInit(): void {
    const routes = this.undeclared();
    if (routes.length === 0) return;
    const lines = routes.map((route) => `  ${route}`);
    throw new Error(
      `These routes do not say who may use them; add @Access(…) or @Public():\n${lines.join('\n')}`,
    );
  }

  private undeclared(): readonly string[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype: unknown = metatype.prototype;
      return this.routesOf(prototype)
        .filter(({ handler }) => !this.isDeclared([handler, metatype]))
        .map(({ name, shown }) => `${shown} (${metatype.name}.${name})`);
    });
  }

  private routesOf(prototype: unknown) {
    if (typeof prototype !== 'object' || prototype === null) return [];
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler: unknown = Reflect.get(prototype, name);
      if (!isHandler(handler) || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
      return [{ name, handler, shown: this.show(handler) }];
    });
  }

  private show(handler: Handler): string {
    const method = this.reflector.get<RequestMethod | undefined>(METHOD_METADATA, handler);
    const path = this.reflector.get<string | readonly string[]>(PATH_METADATA, handler);
    return `${RequestMethod[method ?? RequestMethod.GET]} ${[path].flat().join(', ')}`;
  }

  private isDeclared(targets: Parameters<Reflector['getAllAndOverride']>[1]): boolean {
    return this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, targets) !== undefined;
  }
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}
